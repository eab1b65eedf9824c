namespace ChatOperator.Intake;

/// <summary>Makes foreign text storable on both databases and shown alike.</summary>
internal static class Text
{
    private const char Replacement = '\uFFFD';

    /// <summary>NUL (which PostgreSQL cannot store) and lone surrogates become U+FFFD. The same instance when there is nothing to do.</summary>
    public static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || IsLone(text, i)) return Replace(text);
            if (char.IsHighSurrogate(text[i])) i++;
        }
        return text;
    }

    /// <summary>JSON that we wrote ourselves: escapes of the same characters, which jsonb refuses.</summary>
    public static string CleanJson(string json) => json.Contains("\\u", StringComparison.Ordinal)
        ? json.Replace("\\u0000", "\\uFFFD", StringComparison.Ordinal)
        : json;

    private static bool IsLone(string text, int i) => char.IsSurrogate(text[i])
        && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]));

    private static string Replace(string text) => string.Create(text.Length, text, static (clean, dirty) =>
    {
        for (var i = 0; i < dirty.Length; i++)
        {
            if (char.IsHighSurrogate(dirty[i]) && i + 1 < dirty.Length && char.IsLowSurrogate(dirty[i + 1]))
            {
                (clean[i], clean[i + 1]) = (dirty[i], dirty[i + 1]);
                i++;
            }
            else clean[i] = dirty[i] == '\0' || char.IsSurrogate(dirty[i]) ? Replacement : dirty[i];
        }
    });
}
