using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates.Consent;

/// <summary>What an operator notes about a contact's wish.</summary>
/// <param name="Category">marketing, utility or authentication.</param>
/// <param name="Note">How the contact said it.</param>
public sealed record ConsentForm(string Category, bool OptedIn, string? Note = null);

/// <summary>What a contact wants, and everything that was ever noted about it.</summary>
/// <param name="History">Newest first.</param>
public sealed record ConsentStory(IReadOnlyList<ConsentView> Consent, IReadOnlyList<ConsentView> History);

internal static class ConsentEndpoints
{
    private static readonly string[] Categories = ["marketing", "utility", "authentication"];

    public static void MapConsent(this WebApplication app)
    {
        var consent = app.MapGroup("/admin/contacts/{id:guid}/consent").WithTags("Contacts");
        consent.MapGet("", ReadAsync).RequireAuthorization(Access.Read).WithSummary("What a contact wants, and since when");
        consent.MapPut("", NoteAsync).RequireAuthorization(Access.Write).WithSummary("Note that a contact wants, or no longer wants, a kind of message");
    }

    private static async Task<ConsentStory> ReadAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        var contact = await FindAsync(id, db, cancel);
        var history = await db.ConsentHistoryAsync(contact.TenantId, contact.Id, cancel);
        return new ConsentStory(history.Newest(), history.ConvertAll(ConsentView.Of));
    }

    private static async Task<ConsentStory> NoteAsync(Guid id, ConsentForm form, CurrentCaller caller, AppDb db, TimeProvider time, CancellationToken cancel)
    {
        if (!Categories.Contains(form.Category)) throw Problem.Invalid($"category must be one of {string.Join(", ", Categories)}.");
        if (form.Note is { Length: > 500 }) throw Problem.Invalid("note may have at most 500 characters.");
        await db.WriteAsync(
            async () =>
            {
                var contact = await FindAsync(id, db, cancel);
                await db.NoteConsentAsync(
                    contact.TenantId, contact.Id, form.Category, form.OptedIn, time.Now(), ConsentSource.Operator, form.Note?.Trim() ?? "", caller.Name);
            },
            cancel);
        return await ReadAsync(id, db, cancel);
    }

    /// <summary>The contact, or the one it turned out to be.</summary>
    private static async Task<Contact> FindAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        var contact = await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
        return contact.MergedInto is { } survivor ? await FindAsync(survivor, db, cancel) : contact;
    }
}
