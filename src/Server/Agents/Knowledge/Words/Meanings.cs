using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>What words mean beyond themselves, in both languages: see meanings.txt.</summary>
internal static class Meanings
{
    /// <summary>What begins a meaning that a word only hints at.</summary>
    public const char Hint = '~';

    /// <summary>A stem this short belongs to too many words: "casa" would be a wedding.</summary>
    private const int ShortestStem = 4;

    private static readonly FrozenDictionary<string, string[]> ByWord = Read(word: true);
    private static readonly FrozenDictionary<string, string[]> ByStem = Read(word: false);

    /// <summary>What is read as one word, by its first.</summary>
    private static readonly FrozenDictionary<string, (string[] Words, string Read)[]> Phrases =
        Pack.Both.SelectMany(p => p.Joined).GroupBy(j => j.Words[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>The meanings of a word, such as <c>#hours</c>: its own, else those of the words that it is a form of.</summary>
    public static string[] Of(string word, string stem, string tongue) =>
        ByWord.TryGetValue(Key(word, tongue), out var own) ? own : stem.Length < ShortestStem ? [] : ByStem.GetValueOrDefault(Key(stem, tongue), []);

    /// <summary>The stems of a language that have a meaning, for correcting typing errors.</summary>
    public static IEnumerable<string> Stems(string tongue) =>
        ByStem.Keys.Where(k => k.StartsWith(tongue, StringComparison.Ordinal)).Select(k => k[(tongue.Length + 1)..]);

    /// <summary>Whether a language has the word.</summary>
    public static bool Has(string word, string tongue) => ByWord.ContainsKey(Key(word, tongue));

    /// <summary>Joins words that mean something together.</summary>
    public static List<string> Join(List<string> words)
    {
        var joined = new List<string>(words.Count);
        for (var i = 0; i < words.Count; i++)
        {
            var (length, read) = (0, words[i]);
            foreach (var phrase in Phrases.GetValueOrDefault(words[i], []))
                if (phrase.Words.Length > length && phrase.Words.Length <= words.Count - i && phrase.Words.AsSpan().SequenceEqual(CollectionsMarshal.AsSpan(words).Slice(i, phrase.Words.Length)))
                    (length, read) = (phrase.Words.Length, phrase.Read);
            joined.Add(read);
            i += Math.Max(length, 1) - 1;
        }
        return joined;
    }

    /// <summary>Every listed word with its language and meaning.</summary>
    public static IEnumerable<(string Word, string Tongue, string Meaning)> Listed() =>
        from line in Pack.Read("meanings.txt")
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        let halves = line[(colon + 1)..].Split('|')
        from half in (IEnumerable<(string Words, string Tongue)>)[(halves[0], Tongue.Spanish), (halves[1], Tongue.English)]
        from word in half.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select word[0] == Hint ? (word[1..], half.Tongue, $"{Hint}#{line[..colon]}") : (word, half.Tongue, $"#{line[..colon]}");

    private static string Key(string word, string tongue) => $"{tongue}:{word}";

    private static FrozenDictionary<string, string[]> Read(bool word) =>
        Listed().Where(l => word || l.Meaning[0] != Hint).GroupBy(l => Key(word ? l.Word : Pack.Of(l.Tongue).Stem(l.Word), l.Tongue), l => l.Meaning)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct().ToArray());
}
