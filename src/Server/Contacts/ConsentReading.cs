using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Contacts;

/// <summary>What a contact wants of one category.</summary>
/// <param name="Category">marketing, utility…</param>
/// <param name="By">The operator who noted it, or null.</param>
public sealed record ConsentView(string Category, bool OptedIn, DateTimeOffset At, ConsentSource Source, string? By, string Detail)
{
    internal static ConsentView Of(ConsentRecord record) =>
        new(record.Category, record.OptedIn, record.At, record.Source, record.By, record.Detail);
}

/// <summary>Reading what contacts want.</summary>
internal static class ConsentReading
{
    /// <summary>Everything that was ever noted, newest first; of contacts that were merged into this one too.</summary>
    public static async Task<List<ConsentRecord>> ConsentHistoryAsync(this AppDb db, Guid tenant, Guid contact, CancellationToken cancel = default)
    {
        var people = await db.OnePersonAsync(tenant, contact, cancel);
        return await db.ConsentRecords.AsNoTracking().Where(r => r.TenantId == tenant && people.Contains(r.ContactId))
            .OrderByDescending(r => r.At).ThenByDescending(r => r.Id).ToListAsync(cancel);
    }

    /// <summary>Every contact that turned out to be the same person as this one, the one that survived the merges first.</summary>
    public static async Task<List<Guid>> OnePersonAsync(this AppDb db, Guid tenant, Guid contact, CancellationToken cancel = default)
    {
        var contacts = db.Contacts.AsNoTracking().Where(c => c.TenantId == tenant);
        while (await contacts.Where(c => c.Id == contact).Select(c => c.MergedInto).SingleOrDefaultAsync(cancel) is { } survivor) contact = survivor;
        var (people, known) = (new List<Guid> { contact }, 0);
        // Merges of merges: those who were merged into the ones found last.
        while (known < people.Count)
        {
            var last = people[known..];
            known = people.Count;
            people.AddRange(await contacts.Where(c => c.MergedInto != null && last.Contains(c.MergedInto.Value)).Select(c => c.Id).ToListAsync(cancel));
        }
        return people;
    }

    /// <summary>What counts now: the newest of each category.</summary>
    public static List<ConsentView> Newest(this IEnumerable<ConsentRecord> history) =>
        [.. history.DistinctBy(r => r.Category).Select(ConsentView.Of).OrderBy(c => c.Category, StringComparer.Ordinal)];

    /// <summary>When the contact stopped this category; null while they have not.</summary>
    public static async Task<ConsentRecord?> OptOutAsync(this AppDb db, Guid tenant, Guid contact, string category, CancellationToken cancel = default) =>
        (await db.ConsentHistoryAsync(tenant, contact, cancel)).Find(r => r.Category == category) is { OptedIn: false } stopped ? stopped : null;
}
