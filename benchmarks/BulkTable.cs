using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace ChatOperator.Bench;

/// <summary>Fills a table of an installation behind the server's back, by the fastest way its database has.</summary>
internal abstract class BulkTable : IAsyncDisposable
{
    /// <param name="columns">Names; with ":jsonb" behind those that are.</param>
    public static async Task<BulkTable> OpenAsync(DatabaseProvider provider, string connectionString, string table, params string[] columns) =>
        provider == DatabaseProvider.Postgres
            ? await PostgresCopy.OpenAsync(connectionString, table, columns)
            : new SqliteInsert(connectionString, table, [.. columns.Select(c => c.Split(':')[0])]);

    /// <summary>One row: ids, times, texts and numbers in the order of the columns.</summary>
    public abstract Task AddAsync(params object?[] values);

    public abstract ValueTask DisposeAsync();

    private sealed class PostgresCopy(NpgsqlConnection connection, NpgsqlBinaryImporter importer, string[] columns) : BulkTable
    {
        public static async Task<PostgresCopy> OpenAsync(string connectionString, string table, string[] columns)
        {
            var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync();
            var names = string.Join(", ", columns.Select(c => c.Split(':')[0]));
            return new PostgresCopy(connection, await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)"), columns);
        }

        public override async Task AddAsync(params object?[] values)
        {
            await importer.StartRowAsync();
            for (var i = 0; i < values.Length; i++)
                if (values[i] is null) await importer.WriteNullAsync();
                else if (columns[i].EndsWith(":jsonb", StringComparison.Ordinal)) await importer.WriteAsync((string)values[i]!, NpgsqlDbType.Jsonb);
                else await importer.WriteAsync(values[i]!);
        }

        public override async ValueTask DisposeAsync()
        {
            await importer.CompleteAsync();
            await importer.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private sealed class SqliteInsert : BulkTable
    {
        private const int RowsPerTransaction = 20_000;
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _insert;
        private SqliteTransaction _transaction;
        private int _rows;

        public SqliteInsert(string connectionString, string table, string[] columns)
        {
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            _insert = _connection.CreateCommand();
            _insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
            for (var i = 0; i < columns.Length; i++) _insert.Parameters.Add(new SqliteParameter($"@p{i}", null));
            _transaction = _connection.BeginTransaction();
            _insert.Transaction = _transaction;
        }

        public override async Task AddAsync(params object?[] values)
        {
            for (var i = 0; i < values.Length; i++)
                _insert.Parameters[i].Value = values[i] switch
                {
                    null => DBNull.Value,
                    Guid id => id.ToByteArray(true),
                    DateTimeOffset at => at.ToUnixTimeMilliseconds(),
                    var other => other,
                };
            await _insert.ExecuteNonQueryAsync();
            if (++_rows % RowsPerTransaction != 0) return;
            await _transaction.CommitAsync();
            _insert.Transaction = _transaction = _connection.BeginTransaction();
        }

        public override async ValueTask DisposeAsync()
        {
            await _transaction.CommitAsync();
            await _transaction.DisposeAsync();
            await _insert.DisposeAsync();
            await _connection.DisposeAsync();
        }
    }
}
