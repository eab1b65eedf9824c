using System.Globalization;
using System.Text;

namespace ChatOperator.Attachments;

/// <summary>Names of files that strangers chose, made safe to show, to write into headers and to save under.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    private static readonly char[] Forbidden = ['<', '>', ':', '"', '/', '\\', '|', '?', '*', '%'];

    private static readonly Dictionary<string, string> Extensions = new()
    {
        ["image/jpeg"] = ".jpg", ["image/png"] = ".png", ["image/gif"] = ".gif", ["image/webp"] = ".webp", ["video/mp4"] = ".mp4",
        ["video/3gpp"] = ".3gp", ["video/webm"] = ".webm", ["video/quicktime"] = ".mov", ["audio/ogg"] = ".ogg", ["audio/mpeg"] = ".mp3",
        ["audio/mp4"] = ".m4a", ["audio/aac"] = ".aac", ["audio/amr"] = ".amr", ["audio/wav"] = ".wav", ["audio/webm"] = ".weba",
        ["application/pdf"] = ".pdf", ["text/plain"] = ".txt",
    };

    /// <summary>Other endings that files of a type have.</summary>
    private static readonly HashSet<(string, string)> Aliases =
    [
        (".jpeg", ".jpg"), (".jpe", ".jpg"), (".jfif", ".jpg"), (".m4v", ".mp4"), (".3gpp", ".3gp"), (".3g2", ".3gp"), (".qt", ".mov"), (".oga", ".ogg"),
        (".opus", ".ogg"), (".mpga", ".mp3"), (".m4b", ".m4a"), (".mp4", ".m4a"), (".wave", ".wav"), (".webm", ".weba"), (".weba", ".webm"),
    ];

    /// <summary>
    /// The last part of a path, without what file systems, headers or readers stumble over: control characters, invisible marks that turn the
    /// direction of writing (<c>exe.gpj</c> would read as <c>jpg.exe</c>), dots and spaces at the ends. Null when nothing is left.
    /// </summary>
    public static string? Safe(string? given)
    {
        if (string.IsNullOrWhiteSpace(given)) return null;
        var last = given[(given.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) continue;
            if (rune.Value == 0xFFFD) continue;
            kept.Append(rune.IsBmp && Forbidden.Contains((char)rune.Value) ? "_" : rune.ToString());
        }
        var name = kept.ToString().Normalize(NormalizationForm.FormC).Trim(' ', '.');
        return name.Length == 0 ? null : Shorten(name);
    }

    /// <summary>The name with the ending that fits what the bytes are, when the name's own says otherwise or nothing.</summary>
    public static string WithEnding(string? name, string? mimeType, string otherwise)
    {
        var wanted = Ending(mimeType);
        if (name is null) return otherwise + wanted;
        var own = Path.GetExtension(name);
        if (wanted.Length == 0 || own.Equals(wanted, StringComparison.OrdinalIgnoreCase)) return name;
        // Text is what its writer calls it; other bytes tell what they are, and a program's ending on a picture would deceive.
        var fits = wanted == ".txt" ? own.Length > 0 : Aliases.Contains((own.ToLowerInvariant(), wanted));
        return fits ? name : name + wanted;
    }

    /// <summary>The ending of a type, with its dot; "" when it has none.</summary>
    public static string Ending(string? mimeType) => mimeType is null ? "" : Extensions.GetValueOrDefault(mimeType, "");

    /// <summary>As the last part of an address; plain letters only, so that no client has to encode it.</summary>
    public static string ForAddress(string? name, string? mimeType)
    {
        var whole = WithEnding(name, mimeType, "file");
        var plain = new StringBuilder(whole.Length);
        foreach (var letter in whole) plain.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' ? letter : '_');
        return plain.ToString().Trim('.') is { Length: > 0 } safe ? safe : "file";
    }

    private static string Shorten(string name)
    {
        if (name.Length <= Longest) return name;
        var ending = Path.GetExtension(name);
        if (ending.Length > 12) ending = "";
        var cut = Longest - ending.Length;
        if (char.IsHighSurrogate(name[cut - 1])) cut--;
        return name[..cut] + ending;
    }
}
