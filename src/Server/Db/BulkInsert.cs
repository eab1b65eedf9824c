using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ChatOperator.Db;

/// <summary>
/// Writes many new rows of one table with one statement instead of one each: what a shared transaction saves. Columns, converters and JSON
/// come from the model, so it writes what saving would have written.
/// </summary>
internal static class BulkInsert
{
    /// <summary>Below this, saving row by row costs no more.</summary>
    private const int Worthwhile = 8;

    /// <summary>In the current transaction: inserts the new rows of every table that has many, and forgets them.</summary>
    public static async Task InsertManyAsync(AppDb db, CancellationToken cancel)
    {
        var many = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).GroupBy(e => e.Metadata).Where(g => g.Count() >= Worthwhile).ToList();
        foreach (var rows in many)
        {
            var table = Table.Of(rows.Key, db);
            var entries = rows.ToList();
            if (db is PostgresDb) await InsertAsync((NpgsqlConnection)db.Database.GetDbConnection(), table, entries, cancel);
            else Insert((SqliteConnection)db.Database.GetDbConnection(), table, entries);
            foreach (var entry in entries) entry.State = EntityState.Detached;
        }
    }

    private static async Task InsertAsync(NpgsqlConnection connection, Table table, List<EntityEntry> rows, CancellationToken cancel)
    {
        var arrays = string.Join(", ", table.Columns.Select((_, i) => $"${i + 1}"));
        var values = string.Join(", ", table.Columns.Select(c => c.IsJson ? $"v.{c.Name}::jsonb" : $"v.{c.Name}"));
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        await using var command = new NpgsqlCommand($"INSERT INTO {table.Name} ({names}) SELECT {values} FROM unnest({arrays}) v({names})", connection);
        foreach (var column in table.Columns)
        {
            var array = Array.CreateInstance(column.ArrayType, rows.Count);
            for (var i = 0; i < rows.Count; i++) array.SetValue(column.ValueOf(rows[i]), i);
            command.Parameters.Add(new NpgsqlParameter { Value = array });
        }
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void Insert(SqliteConnection connection, Table table, List<EntityEntry> rows)
    {
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        using var statement = new SqliteStatement(
            connection, $"INSERT INTO {table.Name} ({names}) VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            foreach (var column in table.Columns) statement.BindValue(column.ValueOf(row));
            statement.Run();
        }
    }

    /// <summary>The columns of a table that are written, i.e. not made by the database.</summary>
    private sealed record Table(string Name, IReadOnlyList<Column> Columns)
    {
        public static Table Of(IEntityType type, AppDb db) => new(
            type.GetTableName()!,
            [.. type.GetProperties().Where(p => !IsMadeByDatabase(p, db)).Select(p => new Column(p, p.GetColumnName(), p.GetColumnType() == "jsonb"))]);

        private static bool IsMadeByDatabase(IProperty property, AppDb db) =>
            db is PostgresDb && property.ValueGenerated == ValueGenerated.OnAdd
            && (property.GetDefaultValueSql() is not null || NpgsqlPropertyExtensions.GetValueGenerationStrategy(property) != NpgsqlValueGenerationStrategy.None);
    }

    private sealed record Column(IProperty Property, string Name, bool IsJson)
    {
        private Type StoredType => Property.GetTypeMapping().Converter?.ProviderClrType ?? Nullable.GetUnderlyingType(Property.ClrType) ?? Property.ClrType;

        public Type ArrayType => StoredType.IsValueType && Nullable.GetUnderlyingType(StoredType) is null ? typeof(Nullable<>).MakeGenericType(StoredType) : StoredType;

        public object? ValueOf(EntityEntry row)
        {
            var value = row.Property(Property).CurrentValue;
            return value is not null && Property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }
    }
}
