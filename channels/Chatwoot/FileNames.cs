using System.Collections.Frozen;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>What can be told of a file from its name: Chatwoot gives no type.</summary>
internal static class FileNames
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        ["png"] = "image/png", ["jpg"] = "image/jpeg", ["jpeg"] = "image/jpeg", ["gif"] = "image/gif", ["webp"] = "image/webp",
        ["mp4"] = "video/mp4", ["3gp"] = "video/3gpp", ["mov"] = "video/quicktime", ["webm"] = "video/webm",
        ["ogg"] = "audio/ogg", ["oga"] = "audio/ogg", ["opus"] = "audio/ogg", ["mp3"] = "audio/mpeg", ["m4a"] = "audio/mp4", ["aac"] = "audio/aac",
        ["amr"] = "audio/amr", ["wav"] = "audio/wav", ["pdf"] = "application/pdf", ["txt"] = "text/plain", ["csv"] = "text/csv",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last part of an address, as a person would read it; null when there is none.</summary>
    public static string? Of(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return null;
        var name = Uri.UnescapeDataString(address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..]);
        var clean = string.Concat(name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c != '\ufffd'));
        return clean is { Length: > 0 and <= 200 } ? clean : null;
    }

    /// <summary>The type that a name or a bare ending stands for; null when it does not fit what the file is said to be.</summary>
    public static string? TypeOf(string? name, string kind)
    {
        if (name is null || !Types.TryGetValue(name[(name.LastIndexOf('.') + 1)..], out var type)) return null;
        var family = type[..type.IndexOf('/', StringComparison.Ordinal)];
        return kind switch
        {
            "document" => type,
            "sticker" => family == "image" ? type : null,
            _ => family == kind ? type : family == "video" && kind == "audio" ? "audio/" + type["video/".Length..] : null,
        };
    }
}
