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
    public static async Task<long> NextMessageAsync(this AppDb db, CancellationToken cancel = default) =>
        db is SqliteDb
            ? await BlockAsync(db, Message, 1, cancel)
            : (await db.Database.SqlQuery<long>($"SELECT nextval('message_id') AS \"Value\"").ToListAsync(cancel)).Single();

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
