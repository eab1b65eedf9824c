using System.Text;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>
/// What the forms of a Spanish word share. Made for how people type on phones: accents are gone already, and letters that sound alike
/// (b and v, s and z, a mute h…) become one, so that "orario", "envio" and "bienen" are found.
/// </summary>
internal static class SpanishStem
{
    private const int ShortestStem = 3;

    /// <summary>Pronouns that hang on infinitives and gerunds: enviármelo, llevándola.</summary>
    private static readonly string[] Pronouns = ["selos", "selas", "melos", "melas", "selo", "sela", "melo", "mela", "nos", "los", "las", "les", "me", "te", "se", "lo", "la", "le"];

    private static readonly string[] Carriers = ["ar", "er", "ir", "ando", "iendo", "endo"];

    /// <summary>What a derived ending leaves of a word is at least this long, or "casamiento" would be a form of "casa".</summary>
    private const int ShortestRoot = 4;

    /// <summary>Nouns and adverbs made of other words. Longest first.</summary>
    private static readonly string[] Derived = Longest(
        "amientos imientos amiento imiento aciones iciones acion icion adores adoras ador adora edores edor idores idor amente mente idades idad "
        + "ancias ancia encias encia ables able ibles ible");

    /// <summary>Longest first.</summary>
    private static readonly string[] Endings = Longest(
        // Verbs, by tense.
        "ariamos eriamos iriamos arian erian irian aria eria iria arias erias irias aremos eremos iremos aran eran iran ara era ira are ere ire "
        + "asteis isteis aste iste aron ieron abamos aban aba abas ando iendo endo ados adas idos idas ado ada ido ida "
        + "amos emos imos ais eis an en as es ar er ir ase ese iese asemos iera ieran aras "
        // Number and gender.
        + "os as a o e s");

    /// <summary>The stem of a word that has no accents and no capitals.</summary>
    public static string Of(string word)
    {
        // Mute, and the first letter that people leave out: "ora" must not be too short for what "hora" is long enough for.
        if (word.Length > 1 && word[0] == 'h') word = word[1..];
        if (word.Length <= ShortestStem || word.Any(char.IsDigit)) return Sound(word);
        var stem = WithoutPronoun(word);
        return Sound(Without(stem, Derived, ShortestRoot) ?? Without(stem, Endings, ShortestStem) ?? stem);
    }

    private static string? Without(string word, string[] endings, int shortest) =>
        Array.Find(endings, e => word.Length - e.Length >= shortest && word.EndsWith(e, StringComparison.Ordinal)) is { } ending ? word[..^ending.Length] : null;

    private static string WithoutPronoun(string word)
    {
        foreach (var pronoun in Pronouns)
        {
            if (!word.EndsWith(pronoun, StringComparison.Ordinal)) continue;
            var rest = word[..^pronoun.Length];
            if (rest.Length > ShortestStem + 1 && Array.Exists(Carriers, c => rest.EndsWith(c, StringComparison.Ordinal))) return rest;
        }
        return word;
    }

    /// <summary>One spelling for what sounds the same, and for stems whose vowel changes: cierra and cerrar, puedo and podemos.</summary>
    private static string Sound(string stem)
    {
        var sound = new StringBuilder(stem.Length);
        for (var i = 0; i < stem.Length; i++)
        {
            var (letter, next) = (stem[i], i + 1 < stem.Length ? stem[i + 1] : ' ');
            switch (letter)
            {
                case 'h' when i == 0 || stem[i - 1] != 'c': break;
                case 'v': sound.Append('b'); break;
                case 'z' or 'x': sound.Append('s'); break;
                case 'c' when next is 'e' or 'i': sound.Append('s'); break;
                case 'q' when next == 'u': sound.Append('k'); i++; break;
                case 'c' when next != 'h': sound.Append('k'); break;
                case 'l' when next == 'l': sound.Append('y'); i++; break;
                case 'i' when next == 'e' && i > 0: break;
                case 'u' when next == 'e' && i > 0 && stem[i - 1] != 'g': sound.Append('o'); i++; break;
                case 'n' when next is 'b' or 'v' or 'p': sound.Append('m'); break;
                default:
                    if (sound.Length == 0 || sound[^1] != letter || letter == 'r' || char.IsDigit(letter)) sound.Append(letter);
                    break;
            }
        }
        return sound.ToString();
    }

    private static string[] Longest(string endings) =>
        [.. endings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().OrderByDescending(e => e.Length)];
}
