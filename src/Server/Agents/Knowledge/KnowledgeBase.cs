using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Knowledge;

/// <summary>A passage that may answer a question.</summary>
/// <param name="Id">The entry's.</param>
/// <param name="Title">The entry's title with the section's heading, or the question.</param>
/// <param name="Passage">Plain text that can be sent as it stands.</param>
/// <param name="Score">0 to 1: how much of the question the passage speaks of.</param>
/// <param name="Confident">The passage is about what was asked, not only near it.</param>
public sealed record KnowledgeHit(Guid Id, string Title, string Passage, double Score, bool Confident)
{
    /// <summary>es, en, or "" when the text does not tell.</summary>
    public string Language { get; init; } = "";
}

/// <summary>What one tenant's agent knows, searched by what customers ask.</summary>
internal sealed class KnowledgeBase(AppDb db)
{
    /// <summary>Passages of one entry among the hits; more would crowd out the others.</summary>
    private const int MostOfOneEntry = 2;

    /// <summary>Rows of the index that one search reads; very common words are left out beyond it.</summary>
    private const int MostRead = 6_000;

    /// <summary>Passages of which the titles are looked at, for each question.</summary>
    private const int Finalists = 12;

    /// <summary>Questions of one search, and what each finds when there are several.</summary>
    private const int MostQuestions = 6, FewHits = 3;

    /// <summary>Mistyped words of one search that are looked up.</summary>
    private const int MostCorrections = 6;

    /// <summary>The best passages for a question, best first. Nothing when the question has no words of any weight.</summary>
    public async Task<IReadOnlyList<KnowledgeHit>> SearchAsync(string question, int limit, CancellationToken cancel = default) =>
        (await FindAsync([question], limit, cancel))[0].Hits;

    /// <summary>The same for several questions, a line each: what the agent's tool does.</summary>
    public Task<List<KnowledgeFound>> FindAsync(string lines, int limit, CancellationToken cancel = default)
    {
        List<string> questions = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostQuestions)];
        return FindAsync(questions, questions.Count > 1 ? Math.Min(limit, FewHits) : limit, cancel);
    }

    // However many questions: one look at how rare the words are, one at where they stand, one at the best passages.
    private async Task<List<KnowledgeFound>> FindAsync(List<string> questions, int limit, CancellationToken cancel)
    {
        var context = string.Join('\n', questions);
        var queries = questions.ConvertAll(q => Query.Of(q, context));
        var keys = queries.SelectMany(q => q.Keys).ToHashSet();
        if (keys.Count == 0) return questions.ConvertAll(q => new KnowledgeFound(q, []));
        var rarity = await RarityAsync(keys, cancel);
        await CorrectAsync(queries, rarity, cancel);
        var passages = await PassagesAsync(queries, rarity, cancel);
        var finalists = queries.ConvertAll(query => passages.Select(p => new Candidate(p.Key, query.Coverage(p.Value, rarity)))
            .Where(c => c.Coverage > 0).OrderByDescending(c => c.Coverage).Take(Finalists).ToList());
        var texts = await TextsAsync([.. finalists.SelectMany(f => f).Select(c => c.Key).Distinct()], cancel);
        return [.. questions.Select((q, i) => new KnowledgeFound(q, Judge(queries[i], finalists[i], texts, limit)))];
    }

    /// <summary>Headlines of entries in a language, articles first, in the order they were written: what the agent can say it knows about.</summary>
    public async Task<List<string>> TopicsAsync(string language, int limit, CancellationToken cancel = default)
    {
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => e.Language == language || e.Language == "")
            .OrderBy(e => e.Kind).ThenBy(e => e.CreatedAt).ThenBy(e => e.Id).Take(limit).ToListAsync(cancel);
        return entries.ConvertAll(e => e.Headline);
    }

    private async Task<Rarity> RarityAsync(HashSet<string> keys, CancellationToken cancel)
    {
        var entries = db.KnowledgeEntries;
        var counts = await db.KnowledgeWords.Where(w => keys.Contains(w.Word)).GroupBy(w => w.Word)
            .Select(g => new { Word = g.Key, Entries = g.Select(w => w.EntryId).Distinct().Count(), Rows = g.Count(), All = entries.Count() }).ToListAsync(cancel);
        return new Rarity(counts.Count > 0 ? counts[0].All : await entries.CountAsync(cancel), counts.ToDictionary(c => c.Word, c => (c.Entries, c.Rows)));
    }

    // A word that nothing contains was perhaps mistyped: the nearest one that begins with the same letter is taken in its place.
    private async Task CorrectAsync(List<Query> queries, Rarity rarity, CancellationToken cancel)
    {
        var unknown = queries.SelectMany(q => q.Words).Where(w => w.Text.Length >= Spelling.ShortestWord && !w.Forms.Exists(f => rarity.Knows(f.Stem) || f.Meanings.Length > 0))
            .SelectMany(w => w.Forms, (word, form) => (word, form)).Where(u => u.form.Stem.Length - 3 >= Spelling.ShortestWord - 1).Take(MostCorrections).ToList();
        if (unknown.Count == 0) return;
        var known = await unknown.Select(u => u.form.Stem[..4]).Distinct()
            .Select(first => db.KnowledgeWords.Where(w => w.Word.StartsWith(first)).Select(w => w.Word)).Aggregate((all, more) => all.Concat(more)).Distinct().ToListAsync(cancel);
        foreach (var (word, form) in unknown)
        {
            var (tongue, stem) = (form.Stem[..2], form.Stem[3..]);
            var nearest = Spelling.Nearest(
                stem, known.Where(k => k.StartsWith(form.Stem[..4], StringComparison.Ordinal)).Select(k => k[3..]).Concat(Meanings.Stems(tongue).Where(s => s[0] == stem[0])).Distinct());
            if (nearest is not null) word.Corrected.Add(Term.OfStem(nearest, nearest, tongue));
        }
        var keys = unknown.SelectMany(u => u.word.Corrected).SelectMany(c => c.Meanings.Append(c.Stem)).ToHashSet();
        if (keys.Count > 0) rarity.Add(await RarityAsync(keys, cancel));
    }

    private async Task<Dictionary<(Guid Entry, int Number), Dictionary<string, bool>>> PassagesAsync(List<Query> queries, Rarity rarity, CancellationToken cancel)
    {
        var (read, keys) = (0, new List<string>());
        foreach (var key in queries.SelectMany(q => q.Keys).Distinct().Where(rarity.Knows).OrderBy(rarity.Rows))
        {
            read += rarity.Rows(key);
            if (read > MostRead && keys.Count > 0) break;
            keys.Add(key);
        }
        var rows = await db.KnowledgeWords.Where(w => keys.Contains(w.Word)).Select(w => new { w.EntryId, w.Number, w.Word, w.InTitle }).ToListAsync(cancel);
        return rows.GroupBy(w => (w.EntryId, w.Number)).ToDictionary(g => g.Key, g => g.ToDictionary(w => w.Word, w => w.InTitle));
    }

    private async Task<Dictionary<(Guid, int), Wording>> TextsAsync(List<(Guid Entry, int Number)> passages, CancellationToken cancel)
    {
        if (passages.Count == 0) return [];
        var (ids, numbers) = (passages.Select(p => p.Entry).Distinct().ToArray(), passages.Select(p => p.Number).Distinct().ToArray());
        var texts = await db.KnowledgePassages.Where(p => ids.Contains(p.EntryId) && numbers.Contains(p.Number))
            .Join(db.KnowledgeEntries, p => p.EntryId, e => e.Id, (p, e) => new { p.EntryId, p.Number, e.Title, e.Language, p.Heading, p.Text }).ToListAsync(cancel);
        return texts.ToDictionary(t => (t.EntryId, t.Number), t => new Wording(t.Title, t.Language, t.Heading, t.Text));
    }

    private static List<KnowledgeHit> Judge(Query query, List<Candidate> finalists, Dictionary<(Guid, int), Wording> texts, int limit)
    {
        var hits = new List<KnowledgeHit>();
        foreach (var candidate in finalists)
        {
            // Between the reads somebody may have changed or deleted it.
            if (!texts.TryGetValue(candidate.Key, out var text)) continue;
            var score = query.Score(candidate.Coverage, text);
            var headline = text.Title.Split('\n', 2)[0].Trim();
            var title = text.Heading.Length > 0 ? $"{headline} – {text.Heading}" : headline;
            hits.Add(new KnowledgeHit(candidate.Key.Entry, title, text.Passage, Math.Round(score, 3), score >= Query.ConfidentFrom) { Language = text.Language });
        }
        return [.. hits.OrderByDescending(h => h.Score).GroupBy(h => h.Id).SelectMany(g => g.Take(MostOfOneEntry)).OrderByDescending(h => h.Score).Take(limit)];
    }
}

/// <summary>What a question found, best first.</summary>
internal sealed record KnowledgeFound(string Query, IReadOnlyList<KnowledgeHit> Hits);

/// <summary>A passage with the share of a question that it has the words of.</summary>
internal sealed record Candidate((Guid Entry, int Number) Key, double Coverage);

/// <summary>A passage as it is judged: the entry's title and language, the section's heading, the words.</summary>
internal sealed record Wording(string Title, string Language, string Heading, string Passage);
