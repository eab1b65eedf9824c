using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Contacts;

/// <summary>Noting facts about a contact, for operators and the agent alike.</summary>
internal static class ContactNotes
{
    private const int MaxNotes = 100;
    private const int MaxNote = 2000;

    /// <summary>Merges into what is noted; a null removes that note.</summary>
    /// <exception cref="Problem">400: too many or too long. 404: no such contact.</exception>
    public static async Task MergeAsync(AppDb db, Guid id, IReadOnlyDictionary<string, JsonElement> attributes, CancellationToken cancel)
    {
        if (attributes.Any(a => a.Key.Length is 0 or > 100 || a.Value.GetRawText().Length > MaxNote))
            throw Problem.Invalid($"attributes: names of 1 to 100 characters, values of up to {MaxNote}.");
        if (attributes.Any(a => HoldsNul(a.Value))) throw Problem.Invalid("attributes: texts hold no NUL character (\\u0000).");
        await db.WriteAsync(
            async () =>
            {
                // Locked, so that a note that is written beside this one is not lost. On SQLite writers take turns anyway.
                if (db is PostgresDb) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM contact WHERE tenant_id = {db.Tenant!.Value} AND id = {id} FOR UPDATE", cancel);
                var contact = await db.Contacts.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
                var notes = contact.Attributes is { } stored ? JsonNode.Parse(stored)!.AsObject() : [];
                foreach (var (name, value) in attributes)
                    if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) notes.Remove(name);
                    else notes[name] = JsonSerializer.SerializeToNode(value);
                if (notes.Count > MaxNotes) throw Problem.Invalid($"attributes: at most {MaxNotes} notes.");
                contact.Attributes = notes.Count == 0 ? null : notes.ToJsonString();
                db.Record(contact.TenantId, ChangeKind.Contact, contact.Id.ToString());
            },
            cancel);
    }

    private static bool HoldsNul(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Array => value.EnumerateArray().Any(HoldsNul),
        JsonValueKind.Object => value.EnumerateObject().Any(p => p.Name.Contains('\0', StringComparison.Ordinal) || HoldsNul(p.Value)),
        _ => false,
    };
}
