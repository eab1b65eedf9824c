using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>The transaction of one batch. It begins together with the first statements, which saves a trip to the server.</summary>
internal sealed class PostgresTransaction(NpgsqlConnection connection)
{
    private bool _begun;

    /// <summary>Statements to be sent together.</summary>
    public NpgsqlBatch Batch()
    {
        var batch = new NpgsqlBatch(connection);
        if (!_begun) batch.Add("BEGIN");
        _begun = true;
        return batch;
    }

    /// <summary>For those who send statements by other ways.</summary>
    public async Task BeginAsync()
    {
        if (_begun) return;
        await using var batch = Batch();
        await batch.ExecuteNonQueryAsync();
    }
}
