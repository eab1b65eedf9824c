using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Templates.Consent;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>A contact is known otherwise: a new number or id joins the old ones; what they want of marketing is noted.</summary>
internal static class ContactChanges
{
    public static async Task ApplyAsync(SingleEvent single, ContactChanged changed, AppDb db)
    {
        var tenant = single.Account.TenantId;
        var keys = changed.Person.Identities.Select(i => Text.Clean(i.Key)).ToList();
        var owner = await db.ContactIdentities.Where(i => i.TenantId == tenant && keys.Contains(i.Key)).Select(i => (Guid?)i.ContactId).FirstOrDefaultAsync();
        var contact = owner is null ? null : await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == tenant && c.Id == owner);
        if (contact is null)
        {
            single.Item.Conclude(Verdict.Unsupported, "contact_unknown");
            return;
        }
        if (changed.Now is { } now) await JoinAsync(contact, now, db);
        if (changed.Kind is "opt_out" or "opt_in")
            await db.NoteConsentAsync(
                tenant, contact.Id, ConsentKeywords.Category, changed.Kind == "opt_in", changed.At ?? single.Arrival.At, ConsentSource.Preference,
                Text.Clean(changed.Detail));
        db.Record(tenant, ChangeKind.Contact, contact.Id.ToString());
        single.Item.Conclude(Verdict.Applied);
    }

    /// <summary>New identities that nobody has; one that somebody has is joined by the next message that carries both.</summary>
    private static async Task JoinAsync(Contact contact, Person now, AppDb db)
    {
        foreach (var identity in now.Identities)
        {
            var key = Text.Clean(identity.Key);
            if (await db.ContactIdentities.AnyAsync(i => i.TenantId == contact.TenantId && i.Key == key)) continue;
            db.ContactIdentities.Add(new ContactIdentity { TenantId = contact.TenantId, Key = key, ContactId = contact.Id, Value = Text.Clean(identity.Value) });
        }
        if (now.Phone is { Length: > 0 } phone) contact.Phone = phone;
    }
}
