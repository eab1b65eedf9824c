using ChatOperator.Db;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Search;

/// <summary>One text of the index.</summary>
/// <param name="Words">Different words, the tenant's own among them.</param>
internal sealed record SearchText<TId>(TId Id, IReadOnlyCollection<string> Words);

/// <summary>
/// The index tables: FTS5 on SQLite, tsvector with GIN on PostgreSQL. Only the system's role reads them: row-level security would keep
/// PostgreSQL from using the index at all, since text search is not leak-proof. So they yield ids and nothing else, and what an id stands
/// for is read through the tenant's own door.
/// </summary>
internal static class SearchTables
{
    /// <summary>Newest messages that a search considers.</summary>
    private const int MaxMessages = 500;

    /// <summary>Contacts that a search considers.</summary>
    private const int MaxConversations = 500;

    /// <summary>Hits of a common word that PostgreSQL sorts to find the newest; more would cost more than it finds.</summary>
    private const int MaxSorted = 20_000;

    /// <summary>Those of the messages that are in the index.</summary>
    public static async Task<HashSet<long>> IndexedAsync(AppDb db, Guid tenant, long[] ids, CancellationToken cancel)
    {
        if (ids.Length == 0) return [];
        var list = System.Text.Json.JsonSerializer.Serialize(ids);
        var found = db is PostgresDb
            ? db.Database.SqlQuery<long>($"SELECT message_id AS \"Value\" FROM message_search WHERE tenant_id = {tenant} AND message_id = ANY({ids})")
            : db.Database.SqlQuery<long>($"SELECT rowid AS \"Value\" FROM message_search WHERE rowid IN (SELECT value FROM json_each({list}))");
        return [.. await found.ToListAsync(cancel)];
    }

    /// <summary>Adds or replaces texts of messages.</summary>
    public static async Task WriteAsync(AppDb db, Guid tenant, IReadOnlyList<SearchText<long>> messages, CancellationToken cancel)
    {
        if (db is PostgresDb)
        {
            var (ids, words) = (messages.Select(m => m.Id).ToArray(), messages.Select(m => Join(m.Words)).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO message_search (tenant_id, message_id, words)
                SELECT {tenant}, id, array_to_tsvector(string_to_array(words, ' ')) FROM unnest({ids}, {words}) AS t (id, words)
                ON CONFLICT (tenant_id, message_id) DO UPDATE SET words = excluded.words
                """, cancel);
            return;
        }
        using var insert = new SqliteStatement(Connection(db), "INSERT OR REPLACE INTO message_search (rowid, words) VALUES (?, ?)");
        foreach (var message in messages) insert.Bind(message.Id).Bind(Join(message.Words)).Run();
    }

    /// <summary>Adds or replaces names and numbers of conversations; those that have not changed cost a look.</summary>
    public static async Task WriteAsync(AppDb db, Guid tenant, IReadOnlyList<SearchText<Guid>> conversations, CancellationToken cancel)
    {
        if (db is PostgresDb)
        {
            var (ids, words) = (conversations.Select(c => c.Id).ToArray(), conversations.Select(c => Join(c.Words)).ToArray());
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO conversation_search (tenant_id, conversation_id, words)
                SELECT {tenant}, id, array_to_tsvector(string_to_array(words, ' ')) FROM unnest({ids}, {words}) AS t (id, words)
                ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET words = excluded.words WHERE conversation_search.words <> excluded.words
                """, cancel);
            return;
        }
        using var known = new SqliteStatement(Connection(db), """
            INSERT INTO conversation_search (tenant_id, conversation_id, words) VALUES (?, ?, ?)
            ON CONFLICT (tenant_id, conversation_id) DO UPDATE SET words = excluded.words WHERE words <> excluded.words
            RETURNING number
            """);
        using var insert = new SqliteStatement(Connection(db), "INSERT OR REPLACE INTO conversation_words (rowid, words) VALUES (?, ?)");
        foreach (var conversation in conversations)
        {
            var words = Join(conversation.Words);
            if (!known.Bind(tenant).Bind(conversation.Id).Bind(words).Read()) continue;
            var number = known.Long(0);
            known.Reset();
            insert.Bind(number).Bind(words).Run();
        }
    }

    /// <summary>Takes messages out of the index.</summary>
    public static async Task RemoveAsync(AppDb db, Guid tenant, long[] messages, CancellationToken cancel)
    {
        var list = System.Text.Json.JsonSerializer.Serialize(messages);
        if (db is PostgresDb) await db.Database.ExecuteSqlAsync($"DELETE FROM message_search WHERE tenant_id = {tenant} AND message_id = ANY({messages})", cancel);
        else await db.Database.ExecuteSqlAsync($"DELETE FROM message_search WHERE rowid IN (SELECT value FROM json_each({list}))", cancel);
    }

    /// <summary>Takes a conversation out of the index.</summary>
    public static async Task RemoveAsync(AppDb db, Guid tenant, Guid conversation, CancellationToken cancel)
    {
        if (db is PostgresDb)
        {
            await db.Database.ExecuteSqlAsync($"DELETE FROM conversation_search WHERE tenant_id = {tenant} AND conversation_id = {conversation}", cancel);
            return;
        }
        var (owner, id) = (Sqlite.Blob(tenant), Sqlite.Blob(conversation));
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM conversation_words WHERE rowid IN (SELECT number FROM conversation_search WHERE tenant_id = {owner} AND conversation_id = {id})", cancel);
        await db.Database.ExecuteSqlAsync($"DELETE FROM conversation_search WHERE tenant_id = {owner} AND conversation_id = {id}", cancel);
    }

    /// <summary>The newest messages with all these words, the last one as a beginning.</summary>
    public static async Task<List<long>> MessagesAsync(AppDb db, Guid tenant, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var query = Query(db, words);
        var found = db is PostgresDb
            ? db.Database.SqlQuery<long>(
                $"""
                WITH hit AS MATERIALIZED (
                  SELECT message_id FROM message_search WHERE tenant_id = {tenant} AND words @@ CAST({query} AS tsquery) LIMIT {MaxSorted})
                SELECT message_id AS "Value" FROM hit ORDER BY message_id DESC LIMIT {MaxMessages}
                """)
            : db.Database.SqlQuery<long>(
                $"SELECT rowid AS \"Value\" FROM message_search WHERE message_search MATCH {query} ORDER BY rowid DESC LIMIT {MaxMessages}");
        return await found.ToListAsync(cancel);
    }

    /// <summary>Conversations whose contact's name or number has all these words, the last one as a beginning.</summary>
    public static async Task<List<Guid>> ConversationsAsync(AppDb db, Guid tenant, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var query = Query(db, words);
        if (db is PostgresDb)
            return await db.Database.SqlQuery<Guid>(
                $"""
                SELECT conversation_id AS "Value" FROM conversation_search
                WHERE tenant_id = {tenant} AND words @@ CAST({query} AS tsquery) LIMIT {MaxConversations}
                """).ToListAsync(cancel);
        var ids = await db.Database.SqlQuery<byte[]>(
            $"""
            SELECT s.conversation_id AS "Value" FROM conversation_words w JOIN conversation_search s ON s.number = w.rowid
            WHERE conversation_words MATCH {query} ORDER BY w.rowid DESC LIMIT {MaxConversations}
            """).ToListAsync(cancel);
        return ids.ConvertAll(id => new Guid(id, true));
    }

    private static SqliteConnection Connection(AppDb db) => (SqliteConnection)db.Database.GetDbConnection();

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);

    /// <summary>Words are letters and digits only, so quoting them cannot be broken out of.</summary>
    private static string Query(AppDb db, IReadOnlyList<string> words) => db is PostgresDb
        ? string.Join(" & ", words.Select((w, i) => i == words.Count - 1 ? $"'{w}':*" : $"'{w}'"))
        : string.Join(" AND ", words.Select((w, i) => i == words.Count - 1 ? $"\"{w}\"*" : $"\"{w}\""));
}
