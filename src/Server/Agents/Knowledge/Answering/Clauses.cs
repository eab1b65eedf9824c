using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>Takes a message apart into what it asks: at its punctuation, and where "and" begins another question.</summary>
internal static class Clauses
{
    private const int Most = 4;

    private static readonly HashSet<string> Joints = ["y", "e", "and", "also", "tambien", "tmb", "ademas", "plus"];
    private static readonly char[] Ends = ['?', '!', ';', '\n', '¿', '¡', ','];

    /// <summary>The parts that ask or tell something, each with what it refers to when it cannot stand alone ("and how much is it?").</summary>
    public static List<string> Of(string text)
    {
        var clauses = new List<string>();
        foreach (var part in text.Replace(". ", "\n", StringComparison.Ordinal).Split(Ends, StringSplitOptions.RemoveEmptyEntries).SelectMany(AtJoints))
        {
            var clause = part.Trim();
            if (clause.Length == 0 || Intents.Of(clause) != Intent.Question || Query.Of(clause).Words.Count == 0) continue;
            clauses.Add(clauses.Count > 0 && Facets.Only(clause) ? $"{clauses[^1]} {clause}" : clause);
        }
        return [.. clauses.Distinct().Take(Most)];
    }

    private static IEnumerable<string> AtJoints(string sentence)
    {
        var words = sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var from = 0;
        for (var i = 1; i < words.Length - 1; i++)
        {
            if (!Joints.Contains(Plain(words[i])) || !(Begins(words, i + 1) || AreTwoMatters(words[i - 1], words[i + 1]))) continue;
            yield return string.Join(' ', words[from..i]);
            from = i + 1;
        }
        yield return string.Join(' ', words[from..]);
    }

    private static bool Begins(string[] words, int at) =>
        Pack.Both.Any(p => p["asks"].Contains(Plain(words[at])) || (Joints.Contains(Plain(words[at])) && at + 1 < words.Length && p["asks"].Contains(Plain(words[at + 1]))));

    // "Dirección y horarios": one word for each.
    private static bool AreTwoMatters(string one, string other)
    {
        var (first, second) = (Means(Plain(one)), Means(Plain(other)));
        return first.Count > 0 && second.Count > 0 && !first.Overlaps(second);
    }

    private static HashSet<string> Means(string word) => [.. Pack.Both.SelectMany(p => Meanings.Of(word, p.Stem(word), p.Tongue))];

    private static string Plain(string word) => string.Concat(Letters.Words(word));
}

/// <summary>Words that ask for a side of something — its price, how long, how big — and not for the thing itself.</summary>
internal static class Facets
{
    private static readonly HashSet<string> Sides = ["#price", "#duration", "#size", "#minimum"];

    /// <summary>Whether a text names nothing that it asks about: "¿cuánto salen?".</summary>
    public static bool Only(string text) =>
        Query.Of(text).Words.TrueForAll(w => w.Weak || w.Forms.Exists(f => f.Meanings.Any(Sides.Contains)));
}
