using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Templates;
using ChatOperator.Templates.Consent;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>
/// What messages and reports say beyond themselves: a contact who wrote STOP, a template that the network refuses. The item was, or will
/// be, concluded as the message or report that it is.
/// </summary>
internal static class ConsentNews
{
    public static async Task OfWordsAsync(SeldomEvent seldom, MessageReceived received, AppDb db)
    {
        if (seldom.Item.Verdict != Verdict.Applied || seldom.Item.ConversationId is not { } conversation) return;
        if (!ConsentKeywords.Find(received.Content.Text, out var optsIn)) return;
        var tenant = seldom.Account.TenantId;
        var contact = await db.Conversations.Where(c => c.TenantId == tenant && c.Id == conversation).Select(c => c.ContactId).SingleOrDefaultAsync();
        await db.NoteConsentAsync(
            tenant, contact, ConsentKeywords.Category, optsIn, received.At ?? seldom.Arrival.At, ConsentSource.Keyword, Text.Clean(received.Content.Text));
    }

    public static async Task OfFailureAsync(SeldomEvent seldom, DeliveryReported reported, AppDb db, Settings settings)
    {
        var (tenant, account, id) = (seldom.Account.TenantId, seldom.Account.Id, Text.Clean(reported.ExternalId));
        Guid? own = Guid.TryParse(reported.DeliveryId, out var parsed) ? parsed
            : await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && e.Id == id).Select(e => e.DeliveryId).SingleOrDefaultAsync();
        var delivery = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.TenantId == tenant && d.Id == own && d.AccountId == account);
        if (delivery is null) return;
        var contact = await db.Conversations.Where(c => c.TenantId == tenant && c.Id == delivery.ConversationId).Select(c => c.ContactId).SingleOrDefaultAsync();
        await Refusals.LearnAsync(
            db, seldom.Account.Row, contact, ContentJson.Read(delivery.Content), reported.Failure!, reported.At ?? seldom.Arrival.At, settings);
    }
}
