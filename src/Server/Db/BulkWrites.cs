using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace ChatOperator.Db;

/// <summary>
/// Writes many rows of one table with one statement instead of one each: what a shared transaction saves. Columns, converters and JSON
/// come from the model, so it writes what saving would have written.
/// </summary>
internal static class BulkWrites
{
    /// <summary>Below this, saving row by row costs no more.</summary>
    private const int Worthwhile = 8;

    /// <summary>In the current transaction: inserts what was appended past the change tracker, in one round trip on PostgreSQL.</summary>
    public static async Task AppendAsync(AppDb db, CancellationToken cancel)
    {
        if (db.Appended.Count == 0) return;
        var tables = db.Appended.GroupBy(r => r.GetType()).Select(g => (Table: BulkTable.Of(db.Model.FindEntityType(g.Key)!), Rows: g.ToList())).ToList();
        db.Appended.Clear();
        if (db is PostgresDb)
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var (table, rows) in tables)
            {
                var command = batch.Add(InsertSql(table));
                foreach (var column in table.Inserted) command.Parameters.Add(column.ArrayOf(rows));
            }
            await batch.ExecuteNonQueryAsync(cancel);
        }
        else
            foreach (var (table, rows) in tables) Insert((SqliteConnection)db.Database.GetDbConnection(), table, rows, static (c, s, r) => c.Bind(s, r));
    }

    /// <summary>In the current transaction: inserts the new rows of every table that has many, and forgets them.</summary>
    public static async Task InsertManyAsync(AppDb db, CancellationToken cancel)
    {
        var many = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).GroupBy(e => e.Metadata).Where(g => g.Count() >= Worthwhile).ToList();
        foreach (var rows in many)
        {
            var (table, entries) = (BulkTable.Of(rows.Key), rows.ToList());
            if (db is PostgresDb) await InsertAsync((NpgsqlConnection)db.Database.GetDbConnection(), table, entries, cancel);
            else Insert((SqliteConnection)db.Database.GetDbConnection(), table, entries, static (c, s, r) => c.Bind(s, r));
            foreach (var entry in entries) entry.State = EntityState.Detached;
        }
    }

    /// <summary>
    /// In the current transaction: updates the rows of every table of which many were changed in the same columns. Rows with versions are
    /// left to the saving that compares them.
    /// </summary>
    public static async Task UpdateManyAsync(AppDb db, CancellationToken cancel)
    {
        var many = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Modified && !BulkTable.Of(e.Metadata).IsGuarded)
            .GroupBy(e => (e.Metadata, Changed: string.Join(",", Changed(e).Select(c => c.Name)))).Where(g => g.Count() >= Worthwhile).ToList();
        foreach (var rows in many)
        {
            var (table, entries) = (BulkTable.Of(rows.Key.Metadata), rows.ToList());
            var columns = Changed(entries[0]).ToList();
            var updated = db is PostgresDb
                ? await UpdateAsync((NpgsqlConnection)db.Database.GetDbConnection(), table, columns, entries, cancel)
                : Update((SqliteConnection)db.Database.GetDbConnection(), table, columns, entries);
            if (updated != entries.Count) throw new DbUpdateConcurrencyException($"{entries.Count - updated} rows of {table.Name} are gone.");
            foreach (var entry in entries)
            {
                // Otherwise the state alone would take the changes back from the entity.
                foreach (var column in columns) entry.Property(column.Property).OriginalValue = entry.Property(column.Property).CurrentValue;
                entry.State = EntityState.Unchanged;
            }
        }
    }

    private static IEnumerable<BulkColumn> Changed(EntityEntry row) => BulkTable.Of(row.Metadata).Columns.Where(c => row.Property(c.Property).IsModified);

    private static async Task InsertAsync(NpgsqlConnection connection, BulkTable table, List<EntityEntry> rows, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(InsertSql(table), connection);
        foreach (var column in table.Inserted) command.Parameters.Add(column.ArrayOf(rows));
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string InsertSql(BulkTable table)
    {
        var names = string.Join(", ", table.Inserted.Select(c => c.Name));
        return $"INSERT INTO {table.Name} ({names}) SELECT {string.Join(", ", table.Inserted.Select(Value))} FROM unnest({Parameters(table.Inserted.Count)}) v({names})";
    }

    private static void Insert<T>(SqliteConnection connection, BulkTable table, List<T> rows, Action<BulkColumn, SqliteStatement, T> bind)
    {
        var names = string.Join(", ", table.Columns.Select(c => c.Name));
        using var statement = new SqliteStatement(
            connection, $"INSERT INTO {table.Name} ({names}) VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})");
        foreach (var row in rows)
        {
            foreach (var column in table.Columns) bind(column, statement, row);
            statement.Run();
        }
    }

    private static async Task<int> UpdateAsync(
        NpgsqlConnection connection, BulkTable table, List<BulkColumn> changed, List<EntityEntry> rows, CancellationToken cancel)
    {
        List<BulkColumn> columns = [.. table.Keys, .. changed];
        var sets = string.Join(", ", changed.Select(c => $"{c.Name} = {Value(c)}"));
        var keys = string.Join(" AND ", table.Keys.Select(k => $"t.{k.Name} = v.{k.Name}"));
        await using var command = new NpgsqlCommand(
            $"UPDATE {table.Name} t SET {sets} FROM unnest({Parameters(columns.Count)}) v({string.Join(", ", columns.Select(c => c.Name))}) WHERE {keys}", connection);
        foreach (var column in columns) command.Parameters.Add(column.ArrayOf(rows));
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static int Update(SqliteConnection connection, BulkTable table, List<BulkColumn> changed, List<EntityEntry> rows)
    {
        using var statement = new SqliteStatement(
            connection,
            $"UPDATE {table.Name} SET {string.Join(", ", changed.Select(c => $"{c.Name} = ?"))} WHERE {string.Join(" AND ", table.Keys.Select(k => $"{k.Name} = ?"))}");
        var updated = 0;
        foreach (var row in rows)
        {
            foreach (var column in changed) column.Bind(statement, row);
            foreach (var key in table.Keys) key.Bind(statement, row);
            updated += statement.Run();
        }
        return updated;
    }

    private static string Value(BulkColumn column) => column.IsJson ? $"v.{column.Name}::jsonb" : $"v.{column.Name}";

    private static string Parameters(int count) => string.Join(", ", Enumerable.Range(1, count).Select(i => $"${i}"));
}
