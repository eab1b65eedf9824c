using System.Text.Json;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Contacts;

/// <summary>A contact as the API shows it.</summary>
/// <param name="Phone">"+" and digits, or "" when unknown.</param>
/// <param name="Attributes">What operators and the agent noted; an object, empty when nothing.</param>
/// <param name="Identities">The ways networks name this person.</param>
/// <param name="Consent">What this person wants or no longer wants, one of each category that was ever spoken of.</param>
public sealed record ContactView(
    Guid Id, string DisplayName, string Phone, DateTimeOffset CreatedAt, JsonElement Attributes, IReadOnlyList<IdentityView> Identities,
    IReadOnlyList<ConsentView> Consent);

/// <summary>One way a network names a contact.</summary>
/// <param name="Kind">phone, bsuid, psid…</param>
/// <param name="Value">The spelling received.</param>
public sealed record IdentityView(string Kind, string Value);

/// <summary>Reading contacts.</summary>
internal static class ContactReading
{
    private static readonly JsonElement Nothing = JsonSerializer.Deserialize<JsonElement>("{}");

    /// <summary>The contact, or null. One that was merged shows the contact it turned out to be.</summary>
    public static async Task<ContactView?> ContactViewAsync(this AppDb db, Guid id, CancellationToken cancel)
    {
        var contact = await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel);
        // A merge points at a contact that lives, so this ends after one step; the loop only survives merges of merges.
        while (contact?.MergedInto is { } other) contact = await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.Id == other, cancel);
        if (contact is null) return null;
        var identities = await db.ContactIdentities.AsNoTracking().Where(i => i.ContactId == contact.Id).OrderBy(i => i.Key).ToListAsync(cancel);
        return new ContactView(
            contact.Id, contact.DisplayName, contact.Phone, contact.CreatedAt,
            contact.Attributes is { } attributes ? JsonSerializer.Deserialize<JsonElement>(attributes) : Nothing,
            identities.ConvertAll(i => new IdentityView(i.Key[..Math.Max(0, i.Key.IndexOf(':', StringComparison.Ordinal))], i.Value)),
            (await db.ConsentHistoryAsync(contact.TenantId, contact.Id, cancel)).Newest());
    }
}
