using System.Globalization;
using ChatOperator.Changes;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Search;

/// <summary>
/// Brings one tenant's index up to date, a batch at a time: first from the tables, then from the change log, whose order of commits loses
/// nothing. Any node may do it; the mark's row decides who was first.
/// </summary>
internal sealed class SearchIndex(Databases databases, ChangeLog log)
{
    /// <summary>Changes of one transaction: enough that the index grows by few large pieces, few enough that other writers wait for milliseconds.</summary>
    private const int Batch = 500;

    /// <summary>One batch, or all there is when that is less.</summary>
    public async Task<SearchProgress> AdvanceAsync(Guid tenant, CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        var mark = await db.SearchMarks.AsNoTracking().SingleOrDefaultAsync(m => m.TenantId == tenant, cancel);
        if (mark is null || !ChangeCursor.TryParse(mark.Cursor, out var cursor) || !await log.HoldsAsync(db, tenant, cursor, cancel))
        {
            // What commits from here on is in the log after this place; all else is in the tables.
            var head = await log.HeadAsync(db, cancel);
            return await WriteAsync(db, tenant, mark, head.ToString(), 0, [], [], cancel) ? await AdvanceAsync(tenant, cancel) : SearchProgress.Done;
        }
        return mark.BuiltUpTo is { } last ? await BuildAsync(db, mark, last, cancel) : await FollowAsync(db, mark, cursor, cancel);
    }

    private async Task<SearchProgress> BuildAsync(AppDb db, SearchMark mark, long last, CancellationToken cancel)
    {
        var messages = await Texts(db, mark.TenantId).Where(m => m.Id > last).OrderBy(m => m.Id).Take(Batch).ToListAsync(cancel);
        var conversations = messages.Select(m => m.ConversationId).ToHashSet();
        var isWhole = messages.Count < Batch;
        if (!await WriteAsync(db, mark.TenantId, mark, mark.Cursor, isWhole ? null : messages[^1].Id, messages, conversations, cancel)) return SearchProgress.Done;
        return isWhole ? await AdvanceAsync(mark.TenantId, cancel) : SearchProgress.Behind;
    }

    private async Task<SearchProgress> FollowAsync(AppDb db, SearchMark mark, ChangeCursor cursor, CancellationToken cancel)
    {
        var changes = await log.ReadAsync(db, mark.TenantId, cursor, Batch, cancel: cancel);
        if (changes.Count > 0) await AddAsync(db, mark, changes, cancel);
        if (changes.Count == Batch) return SearchProgress.Behind;
        return await ChangeLog.HoldsBackAsync(db, mark.TenantId, changes.Count == 0 ? cursor : log.At(changes[^1]), cancel) ? SearchProgress.HeldBack : SearchProgress.Done;
    }

    private async Task AddAsync(AppDb db, SearchMark mark, List<Change> changes, CancellationToken cancel)
    {
        var ids = changes.Where(c => c.Kind == ChangeKind.Message)
            .Select(c => long.Parse(c.EntityId, CultureInfo.InvariantCulture)).Distinct().ToArray();
        var messages = ids.Length == 0 ? [] : await Texts(db, mark.TenantId).Where(m => ids.Contains(m.Id)).ToListAsync(cancel);
        // Most changes are ticks. A text changes only by an edit or a deletion, which leave a trace on the message.
        var known = await SearchTables.IndexedAsync(db, mark.TenantId, [.. messages.Where(m => !m.Touched).Select(m => m.Id)], cancel);
        messages.RemoveAll(m => known.Contains(m.Id));
        // A name comes with a message or with a change of its conversation; ticks, by far the most, say nothing new of the person.
        var conversations = changes.Where(c => c.Kind != ChangeKind.Message).Select(c => c.ConversationId).OfType<Guid>()
            .Concat(messages.Select(m => m.ConversationId)).ToHashSet();
        await WriteAsync(db, mark.TenantId, mark, log.At(changes[^1]).ToString(), null, messages, conversations, cancel);
    }

    /// <summary>False when another node has been here meanwhile.</summary>
    private static async Task<bool> WriteAsync(
        AppDb db, Guid tenant, SearchMark? seen, string cursor, long? builtUpTo, List<Said> messages, HashSet<Guid> conversations, CancellationToken cancel)
    {
        var people = conversations.Count == 0 ? [] : await db.Conversations.AsNoTracking()
            .Where(c => c.TenantId == tenant && conversations.Contains(c.Id)).Select(c => new { c.Id, c.DisplayName, c.Phone }).ToListAsync(cancel);
        var own = SearchWords.OfTenant(tenant);
        var texts = messages.ConvertAll(m => new SearchText<long>(m.Id, [own, .. SearchWords.Of(m.Text)]));
        var names = people.ConvertAll(p => new SearchText<Guid>(p.Id, [own, .. SearchWords.OfContact(p.DisplayName, p.Phone)]));
        return await db.WriteAsync(
            async () =>
            {
                var mark = db is PostgresDb
                    ? (await db.SearchMarks.FromSql($"SELECT * FROM search_mark WHERE tenant_id = {tenant} FOR UPDATE").ToListAsync(cancel)).SingleOrDefault()
                    : await db.SearchMarks.SingleOrDefaultAsync(m => m.TenantId == tenant, cancel);
                if (mark?.Cursor != seen?.Cursor || mark?.BuiltUpTo != seen?.BuiltUpTo) return false;
                if (mark is null) db.Add(mark = new SearchMark { TenantId = tenant });
                (mark.Cursor, mark.BuiltUpTo) = (cursor, builtUpTo);
                if (texts.Count > 0) await SearchTables.WriteAsync(db, tenant, texts, cancel);
                if (names.Count > 0) await SearchTables.WriteAsync(db, tenant, names, cancel);
                return true;
            },
            cancel);
    }

    private static IQueryable<Said> Texts(AppDb db, Guid tenant) => db.Messages.AsNoTracking().Where(m => m.TenantId == tenant)
        .Select(m => new Said { Id = m.Id, ConversationId = m.ConversationId, Text = m.Text, Touched = m.Extra != null });

    /// <summary>What the index needs of a message.</summary>
    private sealed class Said
    {
        public long Id { get; init; }
        public Guid ConversationId { get; init; }
        public required string Text { get; init; }
        public bool Touched { get; init; }
    }
}
