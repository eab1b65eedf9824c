using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Widget;

/// <summary>What reached the visitor's browser, and what the visitor had before their eyes; message ids, at most 100 of each.</summary>
public sealed record VisitorReceipts(IReadOnlyList<long>? Delivered = null, IReadOnlyList<long>? Read = null);

/// <summary>Turns a browser's receipts into delivery reports, so that ticks climb as on every network.</summary>
internal sealed class AcknowledgeMessages(WidgetGate gate, VisitorInlet inlet, Databases databases)
{
    private const int Most = 100;

    /// <exception cref="Problem">400; 401; 403; 404; 429; 503.</exception>
    public async Task RunAsync(HttpContext http, string key, VisitorReceipts receipts, CancellationToken cancel)
    {
        var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.Signal(by, v));
        var (delivered, read) = (receipts.Delivered ?? [], receipts.Read ?? []);
        if (delivered.Count > Most || read.Count > Most) throw Problem.Invalid($"At most {Most} messages at once.");
        await using var db = databases.For(visitor.Account.TenantId);
        if (await db.ConversationOfAsync(visitor, cancel) is not { } conversation) return;
        var ids = delivered.Concat(read).Distinct().ToList();
        // Only what is this visitor's, was sent, and is not known to have come as far.
        var sent = await db.Deliveries.AsNoTracking()
            .Where(d => d.TenantId == conversation.TenantId && d.ConversationId == conversation.Id && ids.Contains(d.MessageId)
                && (d.Status == MessageStatus.Sent || d.Status == MessageStatus.Delivered))
            .OrderBy(d => d.MessageId).ThenBy(d => d.Part).ToListAsync(cancel);
        var events = sent
            .Select(d => (d.Id, Read: read.Contains(d.MessageId), d.Status))
            .Where(d => d.Read || d.Status == MessageStatus.Sent)
            .Select(object (d) => new { type = "receipt", delivery = d.Id.ToString(), status = d.Read ? "read" : "delivered", at = inlet.Now })
            .ToList();
        if (events.Count > 0) await inlet.TakeAsync(visitor, events);
    }
}
