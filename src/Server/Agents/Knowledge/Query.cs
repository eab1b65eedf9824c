using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge;

/// <summary>
/// A customer's question as the index is asked: each word in every language it may be of, with what it means. Scores are shares, not sums,
/// so that one threshold holds for every tenant: how much of the question does the passage speak of, how much of the title was asked for.
/// </summary>
internal sealed class Query
{
    /// <summary>From here on the passage is about what was asked. Set by measurement: see benchmarks/Answers.</summary>
    public const double ConfidentFrom = 0.56;

    private const double InTitle = 1.0;
    private const double InText = 0.8;
    private const double ByMeaning = 0.8;
    private const double ByHint = 0.4;
    private const double ByCorrection = 0.9;
    private const double WeakWord = 0.3;

    /// <summary>A word that is nowhere speaks against every passage, but people also say much that matters to nobody.</summary>
    private const double UnknownWord = 0.65;

    /// <summary>Share of the score that the title decides.</summary>
    private const double TitleShare = 0.25;

    /// <summary>How far a title that was wholly asked for makes up for words of the question that the passage lacks.</summary>
    private const double TitleBoost = 0.3;

    private const double OtherLanguage = 0.92;

    private const int MaxWords = 24;

    private readonly string? _language;

    /// <summary>What a title may be asked for by: a mere hint is not enough.</summary>
    private HashSet<string>? _titleKeys;

    private Query(List<QueryWord> words, string? language) => (Words, _language) = (words, language);

    public List<QueryWord> Words { get; }

    /// <summary>Everything to look up.</summary>
    public HashSet<string> Keys => [.. Words.SelectMany(w => w.Forms.Concat(w.Corrected)).SelectMany(f => f.Meanings.Concat(f.Hints).Append(f.Stem))];

    /// <param name="context">What the question is part of: its language is the question's when that alone does not tell.</param>
    public static Query Of(string question, string? context = null)
    {
        var language = Tongue.Of(question) ?? (context is null ? null : Tongue.Of(context));
        var words = new List<QueryWord>();
        foreach (var text in Meanings.Join(Letters.Words(question)).Distinct().Take(MaxWords))
        {
            // A word that is empty in the question's own language is empty, whatever it is in the other.
            string[] tongues = [Tongue.Spanish, Tongue.English];
            if (tongues.Any(t => Pack.Of(t).IsEmpty(text) && (language is null || language == t))) continue;
            // In the other language it can only be a name: what it would mean there is chance.
            var forms = tongues.SelectMany(t => Term.Of(text, t).Select(f => language is null || language == t ? f : f with { Meanings = [], Hints = [] })).ToList();
            if (forms.Count == 0) continue;
            words.Add(new QueryWord(text, forms, forms.Exists(f => f.Weak && (language is null || f.Stem.StartsWith(language, StringComparison.Ordinal)))));
        }
        return new Query(words, language);
    }

    /// <summary>The share of the question, by weight, that a passage has the words of.</summary>
    public double Coverage(Dictionary<string, bool> has, Rarity rarity)
    {
        var (all, covered) = (0.0, 0.0);
        foreach (var word in Words)
        {
            var weight = Weight(word, rarity);
            all += weight;
            covered += weight * Match(word, has);
        }
        return all == 0 ? 0 : covered / all;
    }

    /// <summary>The coverage, weighed with how much of the title was asked for and whether the language is the customer's.</summary>
    public double Score(double coverage, Wording text)
    {
        string[] titles = [.. text.Title.Split('\n'), text.Heading];
        var keys = _titleKeys ??= [.. Words.SelectMany(w => w.Forms.Concat(w.Corrected)).SelectMany(f => f.Meanings.Append(f.Stem))];
        var asked = titles.Where(t => t.Length > 0).Max(t => TitleCoverage(t, text.Language, keys));
        var score = Math.Pow(coverage, 1 - TitleBoost * asked) * (1 - TitleShare + TitleShare * asked);
        return _language is not null && text.Language.Length > 0 && text.Language != _language ? score * OtherLanguage : score;
    }

    private static double Match(QueryWord word, Dictionary<string, bool> has)
    {
        var best = 0.0;
        foreach (var (forms, factor) in ((List<Term>, double)[])[(word.Forms, 1.0), (word.Corrected, ByCorrection)])
            foreach (var form in forms)
            {
                if (has.TryGetValue(form.Stem, out var inTitle)) best = Math.Max(best, factor * (inTitle ? InTitle : InText));
                foreach (var meaning in form.Meanings)
                    if (has.TryGetValue(meaning, out inTitle)) best = Math.Max(best, factor * ByMeaning * (inTitle ? InTitle : InText));
                foreach (var hint in form.Hints)
                    if (has.ContainsKey(hint)) best = Math.Max(best, factor * ByHint);
            }
        return best;
    }

    private static double Weight(QueryWord word, Rarity rarity)
    {
        var known = word.Forms.Concat(word.Corrected).SelectMany(f => f.Meanings.Append(f.Stem)).Where(rarity.Knows).ToList();
        // The root keeps one rare word from outweighing the rest of a question.
        var weight = known.Count > 0 ? Math.Sqrt(known.Min(rarity.Of)) : Math.Sqrt(rarity.Most) * UnknownWord;
        return word.Weak ? weight * WeakWord : weight;
    }

    private static double TitleCoverage(string title, string language, HashSet<string> keys)
    {
        var (count, asked) = (0, 0);
        foreach (var term in Passages.Tongues(language).SelectMany(t => Term.Of(title, t)).Where(t => !t.Weak))
        {
            count++;
            if (keys.Contains(term.Stem) || term.Meanings.Any(keys.Contains)) asked++;
        }
        return count == 0 ? 0 : (double)asked / count;
    }
}

/// <summary>A word of a question.</summary>
/// <param name="Forms">What it is in each language it may be of.</param>
/// <param name="Weak">Every other question has it.</param>
internal sealed record QueryWord(string Text, List<Term> Forms, bool Weak)
{
    /// <summary>What it was perhaps meant to be.</summary>
    public List<Term> Corrected { get; } = [];
}
