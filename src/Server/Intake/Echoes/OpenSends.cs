using System.Globalization;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// Finds the send that an echo may be the answer to. The network keeps nothing of ours in it, so what is compared is what was said: the
/// words, or the kind of file.
/// </summary>
internal static class OpenSends
{
    /// <summary>What became of an echo's id meanwhile: our own message, somebody's, or nothing is known.</summary>
    public static Task<ExternalId?> KnownAsync(this AppDb db, HeldEcho echo, CancellationToken cancel = default) => db.ExternalIds
        .SingleOrDefaultAsync(e => e.TenantId == echo.TenantId && e.AccountId == echo.AccountId && e.Id == echo.ExternalId, cancel);

    /// <summary>The oldest send in this state that says the same.</summary>
    public static async Task<Delivery?> SayingSameAsync(this AppDb db, HeldEcho echo, MessageStatus status, CancellationToken cancel = default)
    {
        var open = await db.Deliveries
            .Where(d => d.TenantId == echo.TenantId && d.ConversationId == echo.ConversationId && d.IsOpen && d.Status == status)
            .OrderBy(d => d.MessageId).ThenBy(d => d.Part).ToListAsync(cancel);
        return open.Find(d => SaysSame(ContentJson.Read(d.Content), echo));
    }

    /// <summary>The echo answers an uncertain send: it arrived.</summary>
    public static async Task SettleAsync(this AppDb db, HeldEcho echo, Delivery delivery, ExternalId? known, DateTimeOffset now, CancellationToken cancel = default)
    {
        var reported = known is { PendingRank: > 0 } parked ? MessageStatusRank.Of((DeliveryStatus)parked.PendingRank) : MessageStatus.Sent;
        var attempt = await db.DeliveryAttempts.SingleOrDefaultAsync(a => a.TenantId == echo.TenantId && a.Id == delivery.AttemptId, cancel);
        var marks = await db.Conversations.AsNoTracking().Where(c => c.TenantId == echo.TenantId && c.Id == echo.ConversationId)
            .Select(c => new { c.DeliveredUntil, c.ReadUntil }).SingleAsync(cancel);
        // Its answer never came: it was here before its echo was.
        reported = Watermark.Raise(reported, attempt?.StartedAt, attempt?.StartedAt ?? now, marks.DeliveredUntil, marks.ReadUntil);
        (delivery.Status, delivery.ExternalId, delivery.SettleAt) = (reported, echo.ExternalId, null);
        if (attempt is not null)
        {
            (attempt.Outcome, attempt.EndedAt, attempt.ExternalId) = (AttemptOutcome.Settled, attempt.EndedAt ?? now, echo.ExternalId);
            (attempt.SettledAt, attempt.SettledBy) = (now, SettledBy.Echo);
        }

        if (known is null)
            db.ExternalIds.Add(new ExternalId { TenantId = echo.TenantId, AccountId = echo.AccountId, Id = echo.ExternalId, MessageId = delivery.MessageId, DeliveryId = delivery.Id, At = now });
        else (known.MessageId, known.DeliveryId) = (delivery.MessageId, delivery.Id);

        var message = await db.Messages.SingleAsync(m => m.TenantId == echo.TenantId && m.Id == delivery.MessageId, cancel);
        var parts = await db.Deliveries.Where(d => d.TenantId == echo.TenantId && d.MessageId == message.Id).ToListAsync(cancel);
        message.Status = MessageStatusRank.OfParts(parts.Select(p => p.Status));
        message.ExternalId ??= echo.ExternalId;
        db.Record(echo.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), message.ConversationId);
    }

    private static bool SaysSame(Content sent, HeldEcho echo) => sent switch
    {
        TextContent text => echo.Type == "text" && text.Body.Trim() == echo.Text.Trim(),
        ChoicesContent choices => echo.Type == "text" && choices.Body.Trim() == echo.Text.Trim(),
        MediaContent file => echo.Type == file.Kind,
        _ => sent.Type == echo.Type,
    };
}
