using Npgsql;

namespace ChatOperator.Db;

/// <summary>Statements over whole columns (<c>unnest</c>), several in one round trip.</summary>
internal static class PostgresSets
{
    /// <summary>Appends a statement; parameters follow in order as $1, $2, ….</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>One column: a value for each row.</summary>
    public static NpgsqlBatchCommand Column<TRow, TValue>(this NpgsqlBatchCommand command, IReadOnlyCollection<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        var i = 0;
        foreach (var row in rows) column[i++] = value(row);
        command.Parameters.Add(new NpgsqlParameter<TValue[]> { TypedValue = column });
        return command;
    }

    /// <summary>One value for the whole statement.</summary>
    public static NpgsqlBatchCommand Value<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }
}
