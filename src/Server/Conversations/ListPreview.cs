using System.Globalization;

namespace ChatOperator.Conversations;

/// <summary>What the chat list shows of a message, whoever wrote it.</summary>
internal static class ListPreview
{
    private const int Length = 200;

    /// <summary>At most so many UTF-16 units, never cut inside a grapheme.</summary>
    public static string Of(string words)
    {
        if (words.Length <= Length) return words;
        var end = 0;
        while (end < Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(words, end);
            if (next > Length) break;
            end = next;
        }
        return words[..end];
    }
}
