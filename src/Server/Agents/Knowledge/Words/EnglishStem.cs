namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>What the forms of an English word share, by Porter's algorithm of 1980 without its last, finest steps.</summary>
internal static class EnglishStem
{
    private const string Vowels = "aeiou";

    private static readonly (string From, string To)[] Derived =
    [
        ("ational", "ate"), ("tional", "tion"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
        ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("entli", "ent"), ("ousli", "ous"),
        ("alli", "al"), ("izer", "ize"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("eli", "e"),
    ];

    private static readonly string[] Tails = ["ement", "ance", "ence", "able", "ible", "ment", "ness", "ful", "ive", "ize", "ous", "ery", "al", "er"];

    /// <summary>The stem of a word in small letters.</summary>
    public static string Of(string word)
    {
        if (word.Length <= 2 || word.Any(char.IsDigit)) return word;
        var stem = Tense(Plural(word));
        if (stem.Length > 2 && stem[^1] == 'y' && HasVowel(stem[..^1])) stem = stem[..^1] + "i";
        foreach (var (from, to) in Derived)
        {
            if (!stem.EndsWith(from, StringComparison.Ordinal)) continue;
            if (Measure(stem[..^from.Length]) > 0) stem = stem[..^from.Length] + to;
            break;
        }
        foreach (var tail in Tails)
        {
            if (!stem.EndsWith(tail, StringComparison.Ordinal)) continue;
            if (Measure(stem[..^tail.Length]) > 0 && stem.Length - tail.Length > 3) stem = stem[..^tail.Length];
            break;
        }
        return stem.Length > 3 && stem[^1] == 'e' ? stem[..^1] : stem;
    }

    private static string Plural(string word) =>
        word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + (word.Length > 4 ? "y" : "ie")
        : word.EndsWith("ss", StringComparison.Ordinal) || word.EndsWith("us", StringComparison.Ordinal) ? word
        : word.Length > 4 && (word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("shes", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal)) ? word[..^2]
        : word[^1] == 's' ? word[..^1]
        : word;

    private static string Tense(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal)) return Measure(word[..^3]) > 0 ? word[..^1] : word;
        var ending = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (ending == 0 || !HasVowel(word[..^ending]) || word.Length - ending < 2) return word;
        var stem = word[..^ending];
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal)) return stem + "e";
        return stem.Length > 2 && stem[^1] == stem[^2] && !Vowels.Contains(stem[^1]) && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
    }

    private static bool HasVowel(string word) => word.Any(c => Vowels.Contains(c) || c == 'y');

    /// <summary>How often a consonant follows a vowel.</summary>
    private static int Measure(string word)
    {
        var (count, vowel) = (0, false);
        foreach (var letter in word)
        {
            var isVowel = Vowels.Contains(letter) || (letter == 'y' && !vowel && count > 0);
            if (vowel && !isVowel) count++;
            vowel = isVowel;
        }
        return count;
    }
}
