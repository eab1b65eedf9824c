using ChatOperator.Attachments;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Widget;

/// <summary>A stretch of the visitor's conversation.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Cursor">Where the stream goes on from.</param>
/// <param name="More">Whether there are older ones.</param>
/// <param name="SeenUpTo">The visitor's messages up to this id were read by the business; null when it does not tell.</param>
public sealed record VisitorPage(IReadOnlyList<VisitorMessage> Messages, string Cursor, bool More, long? SeenUpTo);

/// <summary>Reads the newest messages, or those before one.</summary>
internal sealed class ReadThread(WidgetGate gate, Databases databases, ChangeLog log, MediaLinks links)
{
    private const int PageSize = 30;

    /// <exception cref="Problem">400; 401; 403; 404; 429.</exception>
    public async Task<VisitorPage> RunAsync(HttpContext http, string key, long? before, CancellationToken cancel)
    {
        var visitor = await gate.VisitorAsync(http, key, (limits, by, v) => limits.Read(by, v));
        await using var db = databases.For(visitor.Account.TenantId);
        // First the place, then what stands there: what commits in between is told twice rather than never.
        var cursor = await log.HeadAsync(db, cancel);
        if (await db.ConversationOfAsync(visitor, cancel) is not { } conversation) return new VisitorPage([], cursor.ToString(), false, null);
        var visible = db.VisibleTo(conversation);
        if (before is not null)
        {
            var at = await visible.Where(m => m.Id == before).Select(m => (DateTimeOffset?)m.At).SingleOrDefaultAsync(cancel)
                ?? throw Problem.Invalid("before is not a message of this conversation.");
            visible = visible.Where(m => m.At <= at && (m.At < at || m.Id < before));
        }
        var page = await visible.OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(PageSize + 1).ToListAsync(cancel);
        var tells = await db.Set<Tenant>().AnyAsync(t => t.Id == conversation.TenantId && t.SendReadReceipts, cancel);
        return new VisitorPage(
            await db.ViewAsync([.. page.Take(PageSize).Reverse()], visitor, links, cancel), cursor.ToString(), page.Count > PageSize,
            tells ? conversation.ReadUpTo : null);
    }
}
