namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>A line of a pack that recognises what people say, in any form of its words: es.txt tells how it is written.</summary>
internal sealed class Pattern
{
    /// <summary>Words that "..." may stand for, at most.</summary>
    private const int Gap = 3;

    private readonly List<HashSet<string>?> _parts = [];
    private readonly bool _fromStart, _toEnd;

    /// <param name="line">a/b either word, ... up to three words, * exactly one, ^ and $ the ends.</param>
    public Pattern(string line, Func<string, string> stem)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (_fromStart, _toEnd) = (parts[0] == "^", parts[^1] == "$");
        foreach (var part in parts.Where(p => p is not ("^" or "$")))
            _parts.Add(part switch { "..." => null, "*" => [], _ => [.. part.Split('/').Select(stem)] });
    }

    /// <param name="stems">Of all words of a message, in their order.</param>
    public bool IsIn(IReadOnlyList<string> stems) => Enumerable.Range(0, _fromStart ? 1 : stems.Count).Any(at => FitsFrom(stems, at, 0));

    private bool FitsFrom(IReadOnlyList<string> stems, int at, int part)
    {
        if (part == _parts.Count) return !_toEnd || at == stems.Count;
        if (_parts[part] is not { } words) return Enumerable.Range(0, Gap + 1).Any(skipped => at + skipped <= stems.Count && FitsFrom(stems, at + skipped, part + 1));
        return at < stems.Count && (words.Count == 0 || words.Contains(stems[at])) && FitsFrom(stems, at + 1, part + 1);
    }
}
