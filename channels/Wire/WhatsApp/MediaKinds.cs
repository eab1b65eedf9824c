using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>The files that WhatsApp takes, whoever carries them.</summary>
internal static class MediaKinds
{
    private const long Mega = 1024 * 1024;

    /// <summary>Up to three go as buttons, more as a list. Titles are a button's, so that the number does not change what fits.</summary>
    public static ChoiceLimit Choices { get; } = new(Most: 10, MaxTitle: MostOnButton, MaxBody: 1024, MaxId: 200, MaxDescription: 72);

    private const int MostOnButton = 20;

    public static readonly IReadOnlyList<MediaLimit> Sendable =
    [
        new("image", ["image/jpeg", "image/png"], 5 * Mega, MaxCaption: 1024),
        new("video", ["video/mp4", "video/3gpp"], 16 * Mega, MaxCaption: 1024),
        new("audio", ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], 16 * Mega),
        new("document",
            [
                "application/pdf", "text/plain", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ],
            100 * Mega, MaxCaption: 1024),
        new("sticker", ["image/webp"], 500 * 1024),
    ];
}
