namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>What the searches of a turn amount to.</summary>
/// <param name="Answers">What to say, each for the question it was found for; empty: we do not know.</param>
/// <param name="Topics">The nearest topics when we do not know; may be empty.</param>
/// <param name="LeavesOpen">One of several questions is not answered.</param>
internal sealed record Verdict(IReadOnlyList<(string Question, KnowledgeHit Hit)> Answers, IReadOnlyList<string> Topics, bool LeavesOpen)
{
    /// <summary>Below this a passage is not even near.</summary>
    private const double NearFrom = 0.33;

    /// <summary>Of two entries this close either may be meant.</summary>
    private const double TieWithin = 0.13;

    /// <summary>Alone with nothing near it, a passage needs to fit no better than this.</summary>
    private const double LoneFrom = 0.45;

    /// <summary>How far behind the next one must be.</summary>
    private const double LoneBy = 0.3;

    /// <summary>How much worse an answer in the customer's language may be.</summary>
    private const double LanguageWithin = 0.3;

    /// <summary>Topics this far behind the nearest are not offered.</summary>
    private const double NearWithin = 0.25;

    private const int MostTopics = 3;

    public static Verdict Of(Dialogue dialogue, List<string> questions)
    {
        var found = questions.ConvertAll(q => (Question: q, Hits: dialogue.Found(q)));
        var (whole, parts) = (found[0], found.Skip(1).ToList());
        // What the customer picked from our list needs no further proof.
        if (dialogue.Chosen() is { } title && whole.Hits.Find(h => h.Title == title) is { } picked) return new Verdict([(whole.Question, picked)], [], false);
        var answers = new List<(string, KnowledgeHit)>();
        foreach (var part in parts)
            if (Best(part.Hits, dialogue.Tongue) is { } hit && answers.TrueForAll(a => a.Item2.Passage != hit.Passage)) answers.Add((part.Question, hit));
        if (answers.Count <= 1 && Best(whole.Hits, dialogue.Tongue) is { } best) answers = [(whole.Question, best)];
        var open = answers.Count > 0 && parts.Exists(p =>
            dialogue.Said.Contains(p.Question + "?", StringComparison.Ordinal) && Best(p.Hits, dialogue.Tongue) is null && p.Hits.TrueForAll(h => h.Score < NearFrom));
        return new Verdict(answers, answers.Count > 0 ? [] : Near(found.ConvertAll(f => f.Hits), dialogue.Tongue), open);
    }

    /// <summary>The passage that answers; null when none does, or several might.</summary>
    private static KnowledgeHit? Best(List<KnowledgeHit> hits, string tongue)
    {
        // An answer in the customer's language is better than a slightly better one in the other.
        var sure = hits.FindAll(h => h.Confident);
        var spoken = sure.FindAll(h => Speaks(h, tongue) && h.Score >= sure[0].Score - LanguageWithin);
        // What is written in the customer's language, and nearly as near, is the same matter more often than not.
        if (spoken.Count == 0 && sure.Count > 0)
        {
            var near = hits.FindAll(h => Speaks(h, tongue) && h.Score >= LoneFrom && h.Score >= sure[0].Score - LanguageWithin);
            if (near.Count > 0 && (near.Find(h => h.Id != near[0].Id) is not { } next || near[0].Score - next.Score >= TieWithin)) return near[0];
        }
        var able = spoken.Count > 0 ? spoken : sure;
        if (able.Count == 0) return Lone(hits, tongue);
        var rival = able.Find(h => h.Id != able[0].Id && Speaks(h, tongue) == Speaks(able[0], tongue));
        return rival is not null && able[0].Score - rival.Score < TieWithin ? null : able[0];
    }

    /// <summary>The only passage that is near at all. The same matter in the other language is no rival.</summary>
    private static KnowledgeHit? Lone(List<KnowledgeHit> hits, string tongue)
    {
        var spoken = hits.FindAll(h => Speaks(h, tongue));
        if (spoken.Count == 0 || spoken[0].Score < LoneFrom) return null;
        return spoken.Exists(h => h.Id != spoken[0].Id && h.Score > spoken[0].Score - LoneBy) ? null : spoken[0];
    }

    private static List<string> Near(List<List<KnowledgeHit>> found, string tongue)
    {
        var all = found.SelectMany(h => h).Where(h => h.Score >= NearFrom).OrderByDescending(h => h.Score).DistinctBy(h => h.Id).ToList();
        var near = all.FindAll(h => h.Score >= all[0].Score - NearWithin);
        // Of one topic in both languages the customer's is enough; across languages only what else there is.
        return [.. (near.Exists(h => Speaks(h, tongue)) ? near.FindAll(h => Speaks(h, tongue)) : near).Take(MostTopics).Select(h => h.Title)];
    }

    private static bool Speaks(KnowledgeHit hit, string tongue) => hit.Language.Length == 0 || hit.Language == tongue;
}
