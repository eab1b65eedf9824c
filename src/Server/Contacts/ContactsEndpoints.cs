using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Contacts;

/// <summary>What to change of a contact.</summary>
/// <param name="Attributes">Merged into what is noted; a null removes that note. At most 100 notes of 2,000 characters.</param>
public sealed record ContactChange(Dictionary<string, JsonElement> Attributes);

internal static class ContactsEndpoints
{
    private const int MaxNotes = 100;
    private const int MaxNote = 2000;

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
        if (change.Attributes.Any(a => a.Key.Length is 0 or > 100 || a.Value.GetRawText().Length > MaxNote))
            throw Problem.Invalid($"attributes: names of 1 to 100 characters, values of up to {MaxNote}.");
        await db.WriteAsync(
            async () =>
            {
                var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
                var notes = contact.Attributes is { } stored ? JsonNode.Parse(stored)!.AsObject() : [];
                foreach (var (name, value) in change.Attributes)
                    if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) notes.Remove(name);
                    else notes[name] = JsonSerializer.SerializeToNode(value);
                if (notes.Count > MaxNotes) throw Problem.Invalid($"attributes: at most {MaxNotes} notes.");
                contact.Attributes = notes.Count == 0 ? null : notes.ToJsonString();
                db.Record(contact.TenantId, ChangeKind.Contact, contact.Id.ToString());
            },
            cancel);
        return await db.ContactViewAsync(id, cancel) ?? throw Problem.NotFound();
    }
}
