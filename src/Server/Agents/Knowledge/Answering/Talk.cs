using ChatOperator.Agents.Knowledge.Words;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>Recognises what needs no answer from the knowledge: greetings, thanks, "ok", a thumb up, a laugh.</summary>
internal static class Talk
{
    /// <summary>Of a thank-you or goodbye that says more ("sos un genio"), these many words may be unknown.</summary>
    private const int UnknownWords = 2;

    private static readonly (string Section, Intent Intent)[] Kinds =
    [
        ("bye", Intent.Goodbye), ("thanks", Intent.Thanks), ("greeting", Intent.Greeting), ("no", Intent.No), ("yes", Intent.Yes), ("acknowledgement", Intent.Acknowledgement),
    ];

    private static readonly (string[] Words, Intent Intent)[] Phrases =
    [
        .. from pack in Pack.Both from kind in Kinds from phrase in pack.Phrases(kind.Section)
           let words = Plain(phrase) orderby words.Length descending select (words, kind.Intent),
    ];

    /// <summary>Everything of that kind in a message, the weightiest first; empty when the message may want to know something.</summary>
    public static List<Intent> In(string text)
    {
        var words = Plain(text);
        if (words.Length == 0)
            return text.Trim().Length == 0 || text.Contains('?', StringComparison.Ordinal) ? []
                : [text.Contains("🙏", StringComparison.Ordinal) ? Intent.Thanks : text.Contains("👋", StringComparison.Ordinal) ? Intent.Greeting : Intent.Acknowledgement];
        var (kinds, rest) = Read(words);
        var unknown = rest.FindAll(w => !Pack.Both.Any(p => p.IsEmpty(w) || p["time"].Contains(w)));
        // "¿Y qué tienen?" says nothing by itself, but asks.
        var asks = rest.Count > 0 && (text.Contains('?', StringComparison.Ordinal) || rest.Exists(w => Pack.Both.Any(p => p["asks"].Contains(w) && !OtherEmpty(p, w))));
        if (asks || (kinds.Count == 0 && unknown.Count > 0)) return [];
        if (unknown.Count > 0 && (unknown.Count > UnknownWords || !kinds.Overlaps([Intent.Thanks, Intent.Goodbye]) || unknown.Exists(Means))) return [];
        return kinds.Count == 0 ? [Intent.Acknowledgement] : [.. Kinds.Select(k => k.Intent).Where(kinds.Contains).Distinct()];
    }

    // The longest phrase at each place; what belongs to none is the rest.
    private static (HashSet<Intent> Kinds, List<string> Others) Read(string[] words)
    {
        var (kinds, rest) = (new HashSet<Intent>(), new List<string>());
        for (var i = 0; i < words.Length; i++)
        {
            var here = words.AsMemory(i);
            var found = Phrases.Where(p => here.Span.StartsWith(p.Words)).ToList();
            if (IsLaugh(words[i])) kinds.Add(Intent.Acknowledgement);
            else if (found.Count == 0) rest.Add(words[i]);
            else
            {
                // "dale" is a yes as well as an "all right": which of them, the conversation tells.
                foreach (var (phrase, intent) in found) if (phrase.Length == found[0].Words.Length) kinds.Add(intent);
                i += found[0].Words.Length - 1;
            }
        }
        return (kinds, rest);
    }

    private static bool OtherEmpty(Pack pack, string word) => pack == Pack.English && Pack.Spanish.IsEmpty(word) && !Pack.Spanish["asks"].Contains(word);

    private static bool Means(string word) => Pack.Both.Any(p => Meanings.Of(word, p.Stem(word), p.Tongue).Length > 0);

    private static bool IsLaugh(string word) => word.Length > 2 && word.All(c => c is 'j' or 'a' or 'e' or 'h') && word.AsSpan().ContainsAny('j', 'h') && word.AsSpan().IndexOfAny("jh") != word.AsSpan().LastIndexOfAny("jh");

    /// <summary>The words, drawn-out letters shortened: "graciasss", "holaa".</summary>
    private static string[] Plain(string text) => [.. Letters.Words(text).Select(w => string.Concat(w.Where((c, i) => i == 0 || c != w[i - 1] || char.IsDigit(c))))];
}
