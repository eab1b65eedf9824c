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
    private const int MostRead = 20_000;

    /// <summary>Passages whose titles are looked at.</summary>
    private const int Finalists = 30;

    /// <summary>The best passages for a question, best first. Nothing when the question has no words of any weight.</summary>
    public async Task<IReadOnlyList<KnowledgeHit>> SearchAsync(string question, int limit, CancellationToken cancel = default)
    {
        var query = Query.Of(question);
        if (query.Words.Count == 0) return [];
        var entries = await db.KnowledgeEntries.CountAsync(cancel);
        if (entries == 0) return [];
        var rarity = await RarityAsync(query, entries, cancel);
        await CorrectAsync(query, rarity, cancel);
        var found = await PassagesAsync(query, rarity, cancel);
        var finalists = found.Select(f => new Candidate(f.Key, f.Value, query.Coverage(f.Value, rarity)))
            .Where(c => c.Coverage > 0).OrderByDescending(c => c.Coverage).Take(Finalists).ToList();
        return await JudgeAsync(query, finalists, limit, cancel);
    }

    /// <summary>Headlines of entries in a language, articles first, in the order they were written: what the agent can say it knows about.</summary>
    public async Task<List<string>> TopicsAsync(string language, int limit, CancellationToken cancel = default)
    {
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => e.Language == language || e.Language == "")
            .OrderBy(e => e.Kind).ThenBy(e => e.CreatedAt).ThenBy(e => e.Id).Take(limit).ToListAsync(cancel);
        return entries.ConvertAll(e => e.Headline);
    }

    private async Task<Rarity> RarityAsync(Query query, int entries, CancellationToken cancel)
    {
        var keys = query.Keys.ToArray();
        var counts = await db.KnowledgeWords.Where(w => keys.Contains(w.Word)).GroupBy(w => w.Word)
            .Select(g => new { Word = g.Key, Entries = g.Select(w => w.EntryId).Distinct().Count(), Rows = g.Count() }).ToListAsync(cancel);
        return new Rarity(entries, counts.ToDictionary(c => c.Word, c => (c.Entries, c.Rows)));
    }

    // A word that nothing contains was perhaps mistyped: the nearest one that begins with the same letter is taken in its place.
    private async Task CorrectAsync(Query query, Rarity rarity, CancellationToken cancel)
    {
        foreach (var word in query.Words)
        {
            if (word.Forms.Any(f => rarity.Knows(f.Stem) || f.Meanings.Length > 0)) continue;
            foreach (var form in word.Forms.Where(f => f.Stem.Length - 3 >= Spelling.ShortestWord - 1 && word.Text.Length >= Spelling.ShortestWord))
            {
                var (tongue, stem) = (form.Stem[..2], form.Stem[3..]);
                var first = form.Stem[..4];
                var known = await db.KnowledgeWords.Where(w => w.Word.StartsWith(first)).Select(w => w.Word).Distinct().ToListAsync(cancel);
                var nearest = Spelling.Nearest(stem, known.Select(k => k[3..]).Concat(Meanings.Stems(tongue).Where(s => s[0] == stem[0])).Distinct());
                if (nearest is null) continue;
                word.Corrected.Add(new Term(nearest, $"{tongue}:{nearest}", Meanings.Of(nearest, tongue), false));
            }
        }
        if (query.Words.Any(w => w.Corrected.Count > 0)) rarity.Add(await RarityAsync(query, rarity.Entries, cancel));
    }

    private async Task<Dictionary<(Guid Entry, int Number), Dictionary<string, bool>>> PassagesAsync(Query query, Rarity rarity, CancellationToken cancel)
    {
        var (read, keys) = (0, new List<string>());
        foreach (var key in query.Keys.Where(rarity.Knows).OrderBy(rarity.Rows))
        {
            read += rarity.Rows(key);
            if (read > MostRead && keys.Count > 0) break;
            keys.Add(key);
        }
        var rows = await db.KnowledgeWords.AsNoTracking().Where(w => keys.Contains(w.Word)).ToListAsync(cancel);
        return rows.GroupBy(w => (w.EntryId, w.Number)).ToDictionary(g => g.Key, g => g.ToDictionary(w => w.Word, w => w.InTitle));
    }

    private async Task<IReadOnlyList<KnowledgeHit>> JudgeAsync(Query query, List<Candidate> finalists, int limit, CancellationToken cancel)
    {
        var ids = finalists.Select(c => c.Key.Entry).Distinct().ToArray();
        var entries = await db.KnowledgeEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancel);
        var passages = await db.KnowledgePassages.AsNoTracking().Where(p => ids.Contains(p.EntryId)).ToDictionaryAsync(p => (p.EntryId, p.Number), cancel);
        var hits = new List<KnowledgeHit>();
        foreach (var candidate in finalists)
        {
            // Between the reads somebody may have changed or deleted it.
            if (!entries.TryGetValue(candidate.Key.Entry, out var entry) || !passages.TryGetValue(candidate.Key, out var passage)) continue;
            var score = query.Score(candidate, entry, passage);
            var title = passage.Heading.Length > 0 ? $"{entry.Headline} – {passage.Heading}" : entry.Headline;
            hits.Add(new KnowledgeHit(entry.Id, title, passage.Text, Math.Round(score, 3), score >= Query.ConfidentFrom) { Language = entry.Language });
        }
        return [.. hits.OrderByDescending(h => h.Score).GroupBy(h => h.Id).SelectMany(g => g.Take(MostOfOneEntry)).OrderByDescending(h => h.Score).Take(limit)];
    }
}

/// <summary>A passage with those of the question's words it has (true: in its title).</summary>
internal sealed record Candidate((Guid Entry, int Number) Key, Dictionary<string, bool> Words, double Coverage);
