using ChatOperator.Attachments;
using ChatOperator.Attachments.Facts;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Intake;

/// <summary>A file of a message about to be stored: its row says how the bytes are had, and that they are due.</summary>
/// <param name="AlreadyHere">The bytes are in the store under this id: the contact uploaded them to ourselves.</param>
internal sealed record NewFile(NewMessage Message, Guid Id, int Position, MediaContent Media, string Source, DateTimeOffset FetchUntil, bool AlreadyHere)
{
    /// <summary>For networks that are asked for nothing but an address.</summary>
    private static readonly TimeSpan AddressesLive = TimeSpan.FromDays(2);

    public string? FileName => FileNames.Safe(Media.FileName);

    public string? MimeType => FileType.Bare(Media.MimeType);

    /// <summary>How long a network keeps what its webhooks speak of; null: the account is gone.</summary>
    public static TimeSpan KeptBy(IChannel? channel) => channel is IOpensMedia opens ? opens.KeepsReceivedMedia : AddressesLive;

    public static IReadOnlyList<NewFile> Of(NewMessage message, IReadOnlyList<MediaContent> files)
    {
        var kept = KeptBy(message.Account.Channel);
        return [.. files.Select((media, position) => new NewFile(
            message, media.AttachmentId ?? Guid.CreateVersion7(message.Arrival.At), position, media, Text.CleanJson(ContentJson.Write(media)),
            message.Arrival.At + kept, media.AttachmentId is not null))];
    }
}
