using System.Globalization;
using System.Text.Json;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates.Consent;

/// <summary>Noting what a contact wants; a stop also calls off what still waits to be sent.</summary>
internal static class NoteConsent
{
    private const int LongestDetail = 500;

    /// <summary>In the caller's transaction. False when the newest note says the same already.</summary>
    public static async Task<bool> NoteConsentAsync(
        this AppDb db, Guid tenant, Guid contact, string category, bool optedIn, DateTimeOffset at, ConsentSource source, string detail,
        string? by = null)
    {
        var people = await db.OnePersonAsync(tenant, contact);
        contact = people[0];
        var history = await db.ConsentHistoryAsync(tenant, contact);
        var newest = history.Find(r => r.Category == category);
        // Webhooks are repeated, and overtake each other.
        if (history.Exists(r => r.Category == category && r.At == at && r.OptedIn == optedIn && r.Source == source)) return false;
        if (newest?.OptedIn == optedIn && source != ConsentSource.Operator) return false;
        // Networks tell whole seconds: within the newest note's own second, what came later is later.
        if (newest is not null && newest.At >= at && newest.At - at < TimeSpan.FromSeconds(1)) at = newest.At.AddMilliseconds(1);
        db.ConsentRecords.Add(new ConsentRecord
        {
            TenantId = tenant, Id = db.Databases.Time.NewId(), ContactId = contact, Category = category, OptedIn = optedIn, At = at, Source = source,
            By = by, Detail = detail.Length > LongestDetail ? detail[..LongestDetail] : detail,
        });
        db.Record(tenant, ChangeKind.Contact, contact.ToString());
        if (!optedIn && (newest is null || at >= newest.At)) await RefuseWaitingAsync(db, tenant, people, category);
        return true;
    }

    /// <summary>Templates of this category that wait, scheduled ones too, fail: they must not leave after the person said no.</summary>
    private static async Task RefuseWaitingAsync(AppDb db, Guid tenant, List<Guid> people, string category)
    {
        var error = JsonSerializer.Serialize(new SendFailure("opted_out", FailureReaction.Stop), ContentJson.Default.SendFailure);
        var conversations = await db.Conversations.Where(c => c.TenantId == tenant && people.Contains(c.ContactId)).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
        foreach (var id in conversations)
        {
            if (!await db.Deliveries.AnyAsync(d => d.TenantId == tenant && d.ConversationId == id && d.IsOpen && d.Status == MessageStatus.Queued)) continue;
            // Locked, so that none of them is claimed meanwhile.
            if (db is PostgresDb) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM conversation WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE");
            var waiting = await db.Deliveries.Where(d => d.TenantId == tenant && d.ConversationId == id && d.IsOpen && d.Status == MessageStatus.Queued).ToListAsync();
            foreach (var delivery in waiting.Where(d => IsOf(d, category)))
            {
                (delivery.Status, delivery.NotBefore, delivery.Error) = (MessageStatus.Failed, null, error);
                var message = await db.Messages.SingleAsync(m => m.TenantId == tenant && m.Id == delivery.MessageId);
                (message.Status, message.NotBefore, message.Error) = (MessageStatus.Failed, null, error);
                db.Record(tenant, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), id);
            }
        }
    }

    private static bool IsOf(Delivery delivery, string category) =>
        ContentJson.Read(delivery.Content) is TemplateContent { Category: { } of } && of.Equals(category, StringComparison.OrdinalIgnoreCase);
}
