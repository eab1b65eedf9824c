using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>Recognises somebody who orders: a number of goods for a day. What it costs is not their question, and a price list no answer.</summary>
internal static class Order
{
    /// <summary>Words of a greeting that may stand before.</summary>
    private const int Before = 3;

    private static readonly List<(Pattern Pattern, Pack Pack)> Begins = Intents.Patterns("order");
    private static readonly List<(Pattern Pattern, Pack Pack)> Wishes = Intents.Patterns("wish");

    public static bool IsIn(string text, List<string> words)
    {
        foreach (var pack in Pack.Both)
        {
            var stems = words.ConvertAll(w => pack.Stem(w));
            var counted = words.FindIndex(w => pack["number"].Contains(w) || w.All(char.IsDigit));
            while (counted > 0 && pack["many"].Contains(words[counted - 1]))
                counted = words.FindIndex(counted + 1, w => pack["number"].Contains(w) || w.All(char.IsDigit));
            // A number at the very end counts nothing.
            if (counted == words.Count - 1) counted = -1;
            var one = words.Exists(pack["one"].Contains);
            var day = words.Exists(pack["time"].Contains) || words.Zip(words.Skip(1)).Any(w => w.First is "las" or "at" && char.IsDigit(w.Second[0]));
            if ((counted >= 0 || one) && Has(Begins, pack, stems)) return true;
            // Who asks whether, how or how much wants to know that first.
            if (Asks(text, words, pack)) continue;
            if (Has(Wishes, pack, stems) ? counted >= 0 || (one && day) : counted >= 0 && counted <= Before && day && !words.Exists(pack["asks"].Contains)) return true;
        }
        return false;
    }

    private static bool Has(List<(Pattern Pattern, Pack Pack)> patterns, Pack pack, List<string> stems) =>
        patterns.Exists(p => p.Pack == pack && p.Pattern.IsIn(stems));

    private static bool Asks(string text, List<string> words, Pack pack) =>
        (text.Contains('?', StringComparison.Ordinal) && words[0] is not ("can" or "could"))
        || words.Exists(w => pack["question"].Contains(w));
}
