using System.Globalization;
using System.Text;
using ChatOperator.Conversations;

namespace ChatOperator.Agents.Turns;

/// <summary>The words with which a customer gets a person without the agent thinking about it.</summary>
internal static class Keywords
{
    /// <summary>The first keyword that stands as a word of its own in any of the texts; capitals, accents and spacing do not matter.</summary>
    public static string? Find(IReadOnlyList<string> keywords, IEnumerable<string> texts)
    {
        if (keywords.Count == 0) return null;
        var said = texts.Select(Fold).ToList();
        return keywords.FirstOrDefault(k => Fold(k) is { Length: > 2 } word && said.Exists(t => t.Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>What the contact has said since our side last spoke: several messages may be one thought.</summary>
    public static IEnumerable<string> Since(IReadOnlyList<Message> messages)
    {
        for (var i = messages.Count - 1; i >= 0 && messages[i].Author == MessageAuthor.Contact; i--) yield return messages[i].Text;
    }

    /// <summary>Its words in small letters without accents, each between spaces.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(" ");
        foreach (var letter in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(letter)) folded.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && folded[^1] != ' ') folded.Append(' ');
        }
        if (folded[^1] != ' ') folded.Append(' ');
        return folded.ToString();
    }
}
