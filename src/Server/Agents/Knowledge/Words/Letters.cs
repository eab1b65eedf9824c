using System.Globalization;
using System.Text;

namespace ChatOperator.Agents.Knowledge.Words;

/// <summary>Takes a text apart into words: lower case, without accents, drawn-out letters shortened.</summary>
internal static class Letters
{
    /// <summary>Longer words are cut; nobody types them.</summary>
    public const int MaxLength = 32;

    /// <summary>The words in their order.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(letter)) Append(word, letter);
            // The apostrophe of don't and what's is left out, the word goes on.
            else if (letter is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) End();
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0) words.Add(word.ToString(0, Math.Min(word.Length, MaxLength)));
            word.Clear();
        }
    }

    // "holaaaa" is "hola": no word of the two languages has a letter three times running; of digits every one counts.
    private static void Append(StringBuilder word, char letter)
    {
        var n = word.Length;
        if (n >= 2 && !char.IsDigit(letter) && word[n - 1] == letter && word[n - 2] == letter) return;
        word.Append(letter);
    }
}
