using System.Globalization;
using System.Text;

namespace ChatOperator.Conversations.Search;

/// <summary>
/// What is searched by: words in lower case without accents, the same in both databases, so that "andré" and "Andre" find each other
/// whatever a database knows of languages.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longer words are cut; nobody types them.</summary>
    private const int MaxLength = 64;

    /// <summary>Words of one text that are kept, so that a book pasted into a chat does not fill the index.</summary>
    private const int MaxCount = 1000;

    private const int ShortestNumber = 3;

    /// <summary>A text's different words.</summary>
    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter)) word.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)) End();
            if (words.Count == MaxCount) return words;
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString(0, Math.Min(word.Length, MaxLength)));
            word.Clear();
        }
    }

    /// <summary>A contact's name, and every tail of the number, so that any run of its digits finds it by prefix.</summary>
    public static HashSet<string> OfContact(string name, string phone)
    {
        var words = Of(name);
        var digits = Digits(phone);
        for (var from = 0; from + ShortestNumber <= digits.Length; from++) words.Add(digits[from..]);
        return words;
    }

    /// <summary>The digits when a query is a number however it is spelled; null when it is words.</summary>
    public static string? AsNumber(string query) =>
        query.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.') && Digits(query) is { Length: >= ShortestNumber } digits
            ? digits
            : null;

    /// <summary>Stands in each text of a tenant like a word, so that a tenant's search never wades through another's hits.</summary>
    public static string OfTenant(Guid tenant) => $"tenant{tenant:N}";

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);
}
