using System.Globalization;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Outbox.Files;

/// <summary>What files a channel takes, from its capabilities: refused here, with words, rather than by the network later.</summary>
internal static class FileLimits
{
    public const string AnyType = "*/*";

    /// <summary>Whether files of this kind may be of this type.</summary>
    public static bool Takes(Capabilities can, string kind, string mimeType) =>
        can.Media.Any(l => l.Kind == kind && (l.MimeTypes.Contains(mimeType) || l.MimeTypes.Contains(AnyType)));

    /// <summary>Most bytes of any file, so that what is larger is refused before it is read.</summary>
    public static long Largest(Capabilities can, Settings settings) =>
        Math.Min(settings.Media.MaxFileBytes, can.Media.Count == 0 ? 0 : can.Media.Max(l => l.MaxBytes));

    /// <exception cref="Problem">415 file_type_not_accepted, 413 file_too_large.</exception>
    public static void Check(ChannelInfo channel, string kind, string? mimeType, long? size)
    {
        var limit = channel.Capabilities.Media.FirstOrDefault(l => l.Kind == kind) ?? throw NotTaken(channel, kind, mimeType);
        if (mimeType is not null && !Takes(channel.Capabilities, kind, mimeType)) throw NotTaken(channel, kind, mimeType);
        if (size > limit.MaxBytes) throw TooLarge(channel, limit.MaxBytes, kind);
    }

    public static Problem NotTaken(ChannelInfo channel, string kind, string? mimeType)
    {
        var types = channel.Capabilities.Media.FirstOrDefault(l => l.Kind == kind)?.MimeTypes ?? [];
        return new Problem(
            415, "file_type_not_accepted", $"{channel.Name} does not take {mimeType ?? "files"} as {kind}.",
            types.Count > 0 ? $"Send one of: {string.Join(", ", types)}." : "Send a link to the file instead.")
        {
            More = { ["accepted"] = types },
        };
    }

    public static Problem TooLarge(ChannelInfo channel, long most, string kind) => new(
        413, "file_too_large", $"{channel.Name} takes at most {Megabytes(most)} MB as {kind}.", "Send a smaller file, or a link to it.")
    {
        More = { ["max_bytes"] = most },
    };

    private static string Megabytes(long bytes) => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture);
}
