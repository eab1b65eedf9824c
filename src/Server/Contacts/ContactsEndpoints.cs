using System.Text.Json;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Contacts;

/// <summary>What to change of a contact.</summary>
/// <param name="Attributes">Merged into what is noted; a null removes that note. At most 100 notes of 2,000 characters.</param>
public sealed record ContactChange(Dictionary<string, JsonElement> Attributes);

internal static class ContactsEndpoints
{
    public static void MapContacts(this WebApplication app)
    {
        var contacts = app.MapGroup("/admin/contacts").WithTags("Contacts").RequireAuthorization(Access.Read);
        contacts.MapGet("/{id:guid}", ReadAsync).WithSummary("One contact with its identities and notes");
        contacts.MapPatch("/{id:guid}", ChangeAsync).RequireAuthorization(Access.Write).WithSummary("Note something about a contact");
    }

    private static async Task<TaggedJson<ContactView>> ReadAsync(Guid id, AppDb db, CancellationToken cancel) =>
        new(await db.ContactViewAsync(id, cancel) ?? throw Problem.NotFound());

    private static async Task<ContactView> ChangeAsync(Guid id, ContactChange change, AppDb db, CancellationToken cancel)
    {
        await ContactNotes.MergeAsync(db, id, change.Attributes, cancel);
        return await db.ContactViewAsync(id, cancel) ?? throw Problem.NotFound();
    }
}
