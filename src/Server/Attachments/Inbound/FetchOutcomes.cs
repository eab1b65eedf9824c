using System.Collections.Concurrent;
using System.Globalization;
using ChatOperator.Attachments.Store;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Attachments.Inbound;

/// <summary>
/// Writes what became of fetched files. Those that end while others are being written share the next transaction: files come in dozens, and
/// one commit costs as much as all of them.
/// </summary>
internal sealed class FetchOutcomes(Databases databases, MediaStore store, TimeProvider time) : IDisposable
{
    private readonly ConcurrentQueue<Ended> _ended = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Returns once it is written. Nothing is, when somebody else took over meanwhile or the sender took the message back.</summary>
    public async Task SaveAsync(Attachment found)
    {
        var mine = new Ended(found);
        _ended.Enqueue(mine);
        await _turn.WaitAsync();
        try
        {
            // Whoever had the turn before may have written this one too.
            if (!mine.Written.Task.IsCompleted) await WriteAsync();
        }
        finally { _turn.Release(); }
        await mine.Written.Task;
    }

    public void Dispose() => _turn.Dispose();

    private async Task WriteAsync()
    {
        var together = new List<Ended>();
        while (_ended.TryDequeue(out var ended)) together.Add(ended);
        try { await WriteAsync(together); }
        catch (Exception) when (together.Count > 1)
        {
            // One that cannot be written must not keep the others.
            foreach (var ended in together) await WriteAloneAsync(ended);
        }
        catch (Exception e) { together[0].Written.SetException(e); }
    }

    private async Task WriteAloneAsync(Ended ended)
    {
        try { await WriteAsync([ended]); }
        catch (Exception e) { ended.Written.SetException(e); }
    }

    private async Task WriteAsync(List<Ended> together)
    {
        await using var db = databases.ForSystem();
        var orphans = await db.WriteAsync(
            async () =>
            {
                var rows = await LockAsync(db, together);
                var orphans = new List<Attachment>();
                foreach (var found in together.Select(e => e.Found))
                    if (!await TakeAsync(db, rows.GetValueOrDefault((found.TenantId, found.Id)), found)) orphans.Add(found);
                return orphans;
            });
        foreach (var orphan in orphans) store.Remove(orphan.TenantId, orphan.Id);
        foreach (var ended in together) ended.Written.SetResult();
    }

    private static async Task<Dictionary<(Guid, Guid), Attachment>> LockAsync(AppDb db, List<Ended> together)
    {
        var tenants = together.Select(e => e.Found.TenantId).Distinct().ToArray();
        var ids = together.Select(e => e.Found.Id).ToArray();
        var rows = db is PostgresDb
            ? db.Attachments.FromSql($"SELECT * FROM attachment WHERE tenant_id = ANY ({tenants}) AND id = ANY ({ids}) ORDER BY tenant_id, id FOR UPDATE")
            : db.Attachments.Where(a => tenants.Contains(a.TenantId) && ids.Contains(a.Id));
        return await rows.ToDictionaryAsync(a => (a.TenantId, a.Id));
    }

    /// <summary>False: there are bytes that no row speaks of any more.</summary>
    private async Task<bool> TakeAsync(AppDb db, Attachment? row, Attachment found)
    {
        var isOurs = row is not null && row.Tries == found.Tries && (row.State == AttachmentState.Waiting || found.State == AttachmentState.Expired);
        // Whoever took over stores the same bytes in the same place: they are only removed when nobody wants them.
        if (!isOurs) return found.State != AttachmentState.Stored || row is { State: AttachmentState.Waiting or AttachmentState.Stored };
        var changed = row!.State != found.State;
        db.Entry(row).CurrentValues.SetValues(found);
        if (row.Kind == Attachment.Portrait) await HangAsync(db, row);
        else if (changed && row.MessageId is { } message)
            db.Record(row.TenantId, ChangeKind.Message, message.ToString(CultureInfo.InvariantCulture), row.ConversationId);
        return true;
    }

    /// <summary>A new picture takes the place of the old; one that is the same as the old, and one that could not be had, go.</summary>
    private async Task HangAsync(AppDb db, Attachment picture)
    {
        if (picture.State is AttachmentState.Lost or AttachmentState.Expired) db.Attachments.Remove(picture);
        if (picture.State != AttachmentState.Stored) return;
        var before = await db.Attachments
            .Where(a => a.TenantId == picture.TenantId && a.ConversationId == picture.ConversationId && a.Kind == Attachment.Portrait
                && a.State == AttachmentState.Stored && a.Id != picture.Id)
            .ToListAsync();
        var isSame = before.Exists(b => b.Sha256.AsSpan().SequenceEqual(picture.Sha256));
        foreach (var gone in isSame ? [picture] : before) (gone.State, gone.Reason, gone.DueAt) = (AttachmentState.Deleted, AttachmentReason.Deleted, time.Now());
        if (!isSame) db.Record(picture.TenantId, ChangeKind.Conversation, picture.ConversationId!.Value.ToString(), picture.ConversationId);
    }

    private sealed record Ended(Attachment Found)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
