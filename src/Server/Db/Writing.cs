using ChatOperator.Changes;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Db;

/// <summary>The way to write: one transaction, in turn on SQLite, announced after the commit.</summary>
internal static class Writing
{
    /// <summary>
    /// Runs <paramref name="work"/> in a transaction, saves what it changed, commits, then tells listeners.
    /// Nothing is written when it throws. Reads inside see what they locked.
    /// </summary>
    /// <remarks>
    /// A transaction that another one got in the way of (a deadlock, a failed serialization) is run once more, when all that it knows was read
    /// inside <paramref name="work"/>; otherwise it fails, since what was loaded before cannot be loaded again from here.
    /// </remarks>
    public static async Task<T> WriteAsync<T>(this AppDb db, Func<Task<T>> work, CancellationToken cancel = default)
    {
        var again = !db.ChangeTracker.Entries().Any();
        try
        {
            return await OnceAsync(db, work, cancel);
        }
        catch (Exception failure) when (again && failure.IsCollision())
        {
            db.ChangeTracker.Clear();
            return await OnceAsync(db, work, cancel);
        }
    }

    private static async Task<T> OnceAsync<T>(AppDb db, Func<Task<T>> work, CancellationToken cancel)
    {
        using var turn = db is SqliteDb ? await db.Databases.Gate.EnterAsync(cancel) : default;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Locked.Clear();
        db.Reserved.Clear();
        db.Appended.Clear();
        var result = await work();
        var changed = await SaveInTransactionAsync(db, cancel);
        await transaction.CommitAsync(cancel);
        db.Databases.Announce(changed);
        return result;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public static Task WriteAsync(this AppDb db, Func<Task> work, CancellationToken cancel = default) =>
        db.WriteAsync(async () => { await work(); return 0; }, cancel);

    /// <summary>Saves inside a transaction that the caller holds, in turn on SQLite; the tenants whose change log grew.</summary>
    internal static async Task<HashSet<Guid>> SaveInTransactionAsync(AppDb db, CancellationToken cancel = default)
    {
        var changes = db.Appended.OfType<Change>().ToList();
        if (changes.Count > 0 && db is SqliteDb)
        {
            var first = await Numbers.BlockAsync(db, Numbers.Change, changes.Count, cancel);
            foreach (var change in changes) change.Seq = first++;
        }
        var tenants = changes.Select(c => c.TenantId).ToHashSet();
        await BulkWrites.AppendAsync(db, cancel);
        await BulkWrites.InsertManyAsync(db, cancel);
        await BulkWrites.UpdateManyAsync(db, cancel);
        await db.SaveChangesAsync(cancel);
        return tenants;
    }
}
