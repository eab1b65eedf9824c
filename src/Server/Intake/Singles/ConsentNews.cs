using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Templates;
using ChatOperator.Templates.Consent;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// What messages and reports say beyond themselves: a contact who wrote STOP, a template that the network refuses. The item was, or will
/// be, concluded as the message or report that it is.
/// </summary>
internal static class ConsentNews
{
    public static async Task OfWordsAsync(SingleEvent single, MessageReceived received, AppDb db)
    {
        if (single.Item.Verdict != Verdict.Applied || single.Item.ConversationId is not { } conversation) return;
        if (!ConsentKeywords.Find(received.Content.Text, out var optsIn)) return;
        var tenant = single.Account.TenantId;
        var contact = await db.Conversations.Where(c => c.TenantId == tenant && c.Id == conversation).Select(c => c.ContactId).SingleOrDefaultAsync();
        await db.NoteConsentAsync(
            tenant, contact, ConsentKeywords.Category, optsIn, received.At ?? single.Arrival.At, ConsentSource.Keyword, Text.Clean(received.Content.Text));
    }

    public static async Task OfFailureAsync(SingleEvent single, DeliveryReported reported, AppDb db, Settings settings)
    {
        var (tenant, account, id) = (single.Account.TenantId, single.Account.Id, Text.Clean(reported.ExternalId));
        Guid? own = Guid.TryParse(reported.DeliveryId, out var parsed) ? parsed
            : await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && e.Id == id).Select(e => e.DeliveryId).SingleOrDefaultAsync();
        var delivery = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.TenantId == tenant && d.Id == own && d.AccountId == account);
        if (delivery is null) return;
        var contact = await db.Conversations.Where(c => c.TenantId == tenant && c.Id == delivery.ConversationId).Select(c => c.ContactId).SingleOrDefaultAsync();
        await Refusals.LearnAsync(
            db, single.Account.Row, contact, ContentJson.Read(delivery.Content), reported.Failure!, reported.At ?? single.Arrival.At, settings);
    }
}
