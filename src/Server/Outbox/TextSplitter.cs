using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>
/// Splits a text that is too long for one message: between paragraphs if it can be, else lines, sentences, words; never inside what a person
/// sees as one character, and never inside a web address that fits into one message.
/// </summary>
internal static partial class TextSplitter
{
    /// <returns>Parts of at most <paramref name="limit"/> units, none of them blank; the text itself when it fits.</returns>
    public static IReadOnlyList<string> Split(string text, int limit, TextUnit unit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (Length(text, unit) <= limit) return [text];
        var parts = new List<string>();
        var rest = text.AsMemory().TrimEnd();
        while (!rest.IsEmpty)
        {
            var taken = Fits(rest.Span, limit, unit);
            if (taken < rest.Length) taken = Border(rest.Span, taken);
            var part = rest[..taken].TrimEnd();
            if (!part.Span.IsWhiteSpace()) parts.Add(part.ToString());
            rest = rest[taken..].TrimStart();
        }
        return parts;
    }

    /// <summary>How a network counts this text.</summary>
    public static int Length(ReadOnlySpan<char> text, TextUnit unit)
    {
        if (unit == TextUnit.Utf8Bytes) return Encoding.UTF8.GetByteCount(text);
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }

    /// <summary>Characters of the longest beginning of whole graphemes within the limit.</summary>
    private static int Fits(ReadOnlySpan<char> text, int limit, TextUnit unit)
    {
        var (taken, used) = (0, 0);
        while (taken < text.Length)
        {
            var next = StringInfo.GetNextTextElementLength(text[taken..]);
            var cost = Length(text.Slice(taken, next), unit);
            if (used + cost > limit) break;
            (taken, used) = (taken + next, used + cost);
        }
        // One grapheme alone is over the limit (a base with hundreds of marks): it has to be cut between its code points.
        return taken > 0 ? taken : CutGrapheme(text, limit, unit);
    }

    private static int CutGrapheme(ReadOnlySpan<char> text, int limit, TextUnit unit)
    {
        var (taken, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += unit == TextUnit.Utf8Bytes ? rune.Utf8SequenceLength : 1;
            if (used > limit && taken > 0) break;
            taken += rune.Utf16SequenceLength;
        }
        return taken;
    }

    /// <summary>The best place to cut at or before <paramref name="end"/>: the strongest border in the last half, else the last one at all.</summary>
    private static int Border(ReadOnlySpan<char> text, int end)
    {
        if (UrlAcross(text, end) is { } start and > 0) end = start;
        var head = text[..end];
        foreach (var border in new[] { "\n\n", "\n", null })
        {
            var cut = border is null ? SentenceEnd(head) : head.LastIndexOf(border, StringComparison.Ordinal);
            if (cut > end / 2) return cut + (border?.Length ?? 0);
        }
        if (char.IsWhiteSpace(text[end])) return end;
        var word = LastWhiteSpace(head);
        return word > 0 ? word + 1 : end;
    }

    /// <summary>Where a web address begins that a cut at <paramref name="end"/> would break; null when none.</summary>
    private static int? UrlAcross(ReadOnlySpan<char> text, int end)
    {
        foreach (var url in Url().EnumerateMatches(text))
        {
            if (url.Index >= end) break;
            if (url.Index + url.Length > end) return url.Index;
        }
        return null;
    }

    private static int SentenceEnd(ReadOnlySpan<char> head)
    {
        for (var i = head.Length - 2; i >= 0; i--)
            if (head[i] is '.' or '!' or '?' or '…' or '。' or '！' or '？' && (char.IsWhiteSpace(head[i + 1]) || head[i] > '\u3000')) return i + 1;
        return -1;
    }

    private static int LastWhiteSpace(ReadOnlySpan<char> head)
    {
        for (var i = head.Length - 1; i >= 0; i--)
            if (char.IsWhiteSpace(head[i])) return i;
        return -1;
    }

    [GeneratedRegex(@"\b(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Url();
}
