using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Writing to somebody first.</summary>
internal static class StartConversation
{
    /// <summary>
    /// The conversation with a person on an account, locked by this transaction; begun when there is none. A webhook may bring the same
    /// person into being at this moment: then the save fails on a unique key, and a second try finds them.
    /// </summary>
    public static async Task<Conversation> ConversationWithAsync(
        this AppDb db, ConnectedAccount account, Person person, string? name, CancellationToken cancel)
    {
        var (tenant, now) = (account.TenantId, db.Databases.Time.Now());
        var contact = await ContactAsync(db, tenant, person, name, now, cancel);
        var known = await db.Conversations.AsNoTracking().Where(c => c.TenantId == tenant && c.AccountId == account.Id && c.ContactId == contact.Id)
            .Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel);
        if (known is { } id && await db.LockConversationAsync(tenant, id, cancel) is { } conversation) return conversation;
        var begun = new Conversation
        {
            TenantId = tenant, Id = db.Databases.Time.NewId(), AccountId = account.Id, ContactId = contact.Id,
            ChannelSource = account.Channel.Info.ChannelSource, Address = person.Address, DisplayName = contact.DisplayName,
            Phone = person.Phone ?? contact.Phone, CreatedAt = now,
        };
        db.Conversations.Add(begun);
        return begun;
    }

    private static async Task<Contact> ContactAsync(
        AppDb db, Guid tenant, Person person, string? name, DateTimeOffset now, CancellationToken cancel)
    {
        var keys = person.Identities.Select(i => i.Key).ToList();
        var owner = await db.ContactIdentities.Where(i => i.TenantId == tenant && keys.Contains(i.Key)).Select(i => (Guid?)i.ContactId).FirstOrDefaultAsync(cancel);
        if (owner is { } id) return await db.Contacts.SingleAsync(c => c.TenantId == tenant && c.Id == id, cancel);
        var contact = new Contact
        {
            TenantId = tenant, Id = db.Databases.Time.NewId(), DisplayName = name?.Trim() ?? "", Phone = person.Phone ?? "", CreatedAt = now,
        };
        db.Contacts.Add(contact);
        foreach (var identity in person.Identities)
            db.ContactIdentities.Add(new ContactIdentity { TenantId = tenant, Key = identity.Key, ContactId = contact.Id, Value = identity.Value });
        return contact;
    }
}
