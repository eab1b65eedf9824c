using System.Buffers;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>The two languages whose words we know.</summary>
internal static class Tongue
{
    public const string Spanish = "es";
    public const string English = "en";

    /// <summary>A word that is only shaped like one of the language.</summary>
    private const double ByShape = 0.4;

    private static readonly SearchValues<char> OnlySpanish = SearchValues.Create("ñÑ¿¡");
    private static readonly SearchValues<char> Accents = SearchValues.Create("áéíóúÁÉÍÓÚ");
    private static readonly SearchValues<string> EnglishShapes = SearchValues.Create(["th", "sh", "ck", "gh", "wh", "ee", "oo", "w", "k", "ff", "ss", "tt", "pp"], StringComparison.Ordinal);
    private static readonly string[] Talk = ["greeting", "thanks", "bye", "acknowledgement", "yes", "no", "asks", "empty", "weak"];

    /// <summary><c>es</c>, <c>en</c>, or null when the text does not tell.</summary>
    public static string? Of(string text)
    {
        if (text.AsSpan().ContainsAny(OnlySpanish)) return Spanish;
        var (spanish, english) = (0.0, 0.0);
        foreach (var word in Letters.Words(text))
        {
            // "a", "no" and their kin speak for neither.
            var (es, en) = (Has(Pack.Spanish, word), Has(Pack.English, word));
            if (es && !en) spanish++;
            else if (en && !es) english++;
            else if (!es && !en && word.Length > 3 && !char.IsDigit(word[0]))
            {
                if (word.AsSpan().ContainsAny(EnglishShapes) || word[^1] is 't' or 'g' or 'h' or 'm' or 'p' or 'y') english += ByShape;
                else if (word[^1] is 'a' or 'o' || word.EndsWith("as", StringComparison.Ordinal) || word.EndsWith("os", StringComparison.Ordinal)) spanish += ByShape;
            }
        }
        // Accents are rare in English, and people who write Spanish in a hurry leave them out.
        if (text.AsSpan().ContainsAny(Accents)) spanish++;
        return Math.Abs(spanish - english) < ByShape / 2 ? null : spanish > english ? Spanish : English;
    }

    private static bool Has(Pack pack, string word) => Array.Exists(Talk, section => pack[section].Contains(word)) || Meanings.Has(word, pack.Tongue);
}
