using System.Text;

namespace ChatOperator.Attachments.Facts;

/// <summary>What bytes really are, by their first ones: what a sender claims is only believed where bytes cannot tell.</summary>
internal static class FileType
{
    /// <summary>As many first bytes as any signature here needs.</summary>
    public const int HeadSize = 512;

    /// <summary>Types whose bytes always tell: a claim of one of them by bytes that do not is false.</summary>
    private static readonly HashSet<string> Telling =
    [
        "image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "video/3gpp", "video/webm", "video/quicktime", "audio/ogg", "audio/mp4",
        "audio/wav", "audio/webm", "application/pdf",
    ];

    /// <summary>Types in which text would act in a browser; kept as plain bytes.</summary>
    private static readonly string[] Acting = ["html", "xml", "svg", "javascript", "ecmascript", "xhtml", "mathml", "x-shockwave-flash"];

    /// <summary>The type the first bytes prove, or null when they prove none.</summary>
    public static string? Sniff(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', (byte)'7' or (byte)'9', (byte)'a', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => "audio/amr",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [0xFF, 0xF1 or 0xF9, ..] => "audio/aac",
        [0xFF, var second, ..] when (second & 0xE6) == 0xE2 => "audio/mpeg",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => head.IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska",
        [(byte)'P', (byte)'K', 3 or 5 or 7, 4 or 6 or 8, ..] => "application/zip",
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => "application/x-ole-storage",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] when head.Length >= 12 => OfBrand(head[8..12]),
        _ => LooksLikeMarkup(head) ? "text/html" : null,
    };

    /// <summary>How a file is shown and sent, and what it is called, from what was said of it and what its bytes say.</summary>
    /// <param name="kind">What the sender calls it: image, video, audio, document, sticker.</param>
    /// <param name="declared">The sender's type, without parameters; null: none.</param>
    public static (string Kind, string MimeType) Decide(string kind, string? declared, ReadOnlySpan<byte> head)
    {
        declared = Bare(declared);
        var sniffed = Sniff(head);
        // A recording without pictures is the same container.
        if (sniffed is "video/webm" or "video/mp4" or "video/3gpp" && (kind == "audio" || declared?.StartsWith("audio/", StringComparison.Ordinal) == true))
            sniffed = "audio/" + (sniffed == "video/webm" ? "webm" : "mp4");
        var type = sniffed switch
        {
            "text/html" => "application/octet-stream",
            "application/zip" or "application/x-ole-storage" => Container(declared, sniffed),
            not null => sniffed,
            null => declared is null || Telling.Contains(declared) || Array.Exists(Acting, declared.Contains) ? "application/octet-stream" : declared,
        };
        return (KindOf(kind, type), type);
    }

    /// <summary>A type in lower case, without parameters; null for what is none.</summary>
    public static string? Bare(string? mimeType)
    {
        if (mimeType is null) return null;
        var end = mimeType.IndexOf(';', StringComparison.Ordinal);
        var bare = (end < 0 ? mimeType : mimeType[..end]).Trim().ToLowerInvariant();
        return bare.Length is > 2 and <= 127 && bare.Contains('/', StringComparison.Ordinal) && bare.All(c => char.IsAsciiLetterOrDigit(c) || "/.+-_".Contains(c)) ? bare : null;
    }

    /// <summary>The plain kind of a type.</summary>
    public static string KindOf(string mimeType) => mimeType switch
    {
        "image/jpeg" or "image/png" or "image/gif" or "image/webp" => "image",
        _ when mimeType.StartsWith("video/", StringComparison.Ordinal) => "video",
        _ when mimeType.StartsWith("audio/", StringComparison.Ordinal) => "audio",
        _ => "document",
    };

    /// <summary>The sender's kind where the type can be it; what was sent as a document stays one.</summary>
    private static string KindOf(string kind, string mimeType) => kind switch
    {
        "document" => "document",
        "sticker" when mimeType is "image/webp" or "image/png" or "image/gif" => "sticker",
        _ => KindOf(mimeType),
    };

    /// <summary>Office files are zip or OLE inside: there the sender's word is all there is.</summary>
    private static string Container(string? declared, string sniffed) =>
        declared is not null && declared.StartsWith("application/", StringComparison.Ordinal) && !Telling.Contains(declared)
        && !Array.Exists(Acting, a => a != "xml" && declared.Contains(a, StringComparison.Ordinal))
            ? declared : sniffed;

    private static string OfBrand(ReadOnlySpan<byte> brand) => Encoding.ASCII.GetString(brand) switch
    {
        "M4A " or "M4B " => "audio/mp4",
        "qt  " => "video/quicktime",
        "heic" or "heix" or "mif1" or "msf1" or "hevc" => "image/heic",
        "avif" => "image/avif",
        ['3', 'g', ..] => "video/3gpp",
        _ => "video/mp4",
    };

    private static bool LooksLikeMarkup(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!", StringComparison.Ordinal) || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<script", StringComparison.OrdinalIgnoreCase);
    }
}
