using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Db;

/// <summary>
/// Rising numbers for messages and, on SQLite, the change log. On PostgreSQL they are sequences; on SQLite rows, drawn inside the
/// writing transaction, so numbers commit in order.
/// </summary>
internal static class Numbers
{
    public const string Message = "message";
    public const string Change = "change";

    /// <summary>One new message id. Draw it only after locking the conversation: readers rely on ids of one chat committing in order.</summary>
    public static async Task<long> NextMessageAsync(this AppDb db, CancellationToken cancel = default)
    {
        if (db.Reserved.Count == 0) await db.ReserveMessagesAsync(1, cancel);
        return db.Reserved.Dequeue();
    }

    /// <summary>Draws ids for messages that the current transaction is about to add to conversations it has locked.</summary>
    public static async Task ReserveMessagesAsync(this AppDb db, int count, CancellationToken cancel = default)
    {
        db.Reserved.Clear();
        if (db is SqliteDb)
        {
            var first = await BlockAsync(db, Message, count, cancel);
            for (var i = 0; i < count; i++) db.Reserved.Enqueue(first + i);
            return;
        }
        foreach (var id in await db.Database.SqlQuery<long>($"SELECT nextval('message_id') AS \"Value\" FROM generate_series(1, {count})").ToListAsync(cancel))
            db.Reserved.Enqueue(id);
    }

    /// <summary>SQLite: the first of <paramref name="count"/> consecutive numbers.</summary>
    public static async Task<long> BlockAsync(AppDb db, string name, int count, CancellationToken cancel) =>
        (await db.Database
            .SqlQuery<long>($"UPDATE number SET next = next + {count} WHERE name = {name} RETURNING next - {count} AS \"Value\"")
            .ToListAsync(cancel)).Single();
}

/// <summary>A counter row; SQLite only.</summary>
public sealed class Number
{
    public required string Name { get; init; }
    public long Next { get; set; }
}
