using ChatOperator.Attachments.Store;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Attachments;

/// <summary>Removes the bytes of files older than their tenant keeps them, and of uploads that were never sent. The rows of the first stay, so that the chat says what was there.</summary>
internal sealed class Retention(Databases databases, MediaStore store, TimeProvider time, ILogger<Retention> log)
    : Sweep(TimeSpan.FromMinutes(10), time, log)
{
    /// <summary>An upload waits this long to be sent.</summary>
    public static readonly TimeSpan UnsentKept = TimeSpan.FromDays(1);

    private const int Batch = 100;

    /// <summary>Everything that is old enough now.</summary>
    public async Task RemoveAsync(CancellationToken cancel = default)
    {
        var now = Time.Now();
        await using var db = databases.ForSystem();
        foreach (var tenant in await db.Tenants.AsNoTracking().Select(t => new { t.Id, t.MediaDays }).ToListAsync(cancel))
            while (await ExpireAsync(tenant.Id, now.AddDays(-tenant.MediaDays), cancel) == Batch) await Task.Delay(TimeSpan.FromMilliseconds(20), Time, cancel);
        while (await ForgetUnsentAsync(now - UnsentKept, cancel) == Batch) await Task.Delay(TimeSpan.FromMilliseconds(20), Time, cancel);
    }

    /// <remarks>The row first: a crash between the two leaves bytes that nothing points to, never a row that promises bytes that are gone.</remarks>
    private async Task<int> ExpireAsync(Guid tenant, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var expired = await db.WriteAsync(
            async () =>
            {
                var old = await db.Attachments.Where(a => a.TenantId == tenant && a.State == AttachmentState.Stored && a.CreatedAt < before && a.MessageId != null)
                    .OrderBy(a => a.CreatedAt).Take(Batch).ToListAsync(cancel);
                foreach (var file in old)
                {
                    (file.State, file.Reason, file.HasThumbnail) = (AttachmentState.Expired, AttachmentReason.Retention, false);
                    db.Record(tenant, ChangeKind.Message, file.MessageId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), file.ConversationId);
                }
                return old;
            },
            cancel);
        foreach (var file in expired) store.Remove(file.TenantId, file.Id);
        return expired.Count;
    }

    private async Task<int> ForgetUnsentAsync(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var unsent = await db.WriteAsync(
            async () =>
            {
                var old = await db.Attachments.Where(a => a.MessageId == null && a.Kind != Attachment.Portrait && a.CreatedAt < before).OrderBy(a => a.CreatedAt).Take(Batch).ToListAsync(cancel);
                db.Attachments.RemoveRange(old);
                return old;
            },
            cancel);
        foreach (var file in unsent) store.Remove(file.TenantId, file.Id);
        return unsent.Count;
    }

    protected override Task RoundAsync(CancellationToken cancel) => RemoveAsync(cancel);
}
