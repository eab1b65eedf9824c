namespace ChatOperator.Channels.Contract;

/// <summary>The network can be asked whether an account's settings work.</summary>
public interface IConnectionTest
{
    /// <summary>One cheap call with the account's credentials. Never throws for what the network answers.</summary>
    Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel);
}

/// <summary>What a connection test found.</summary>
/// <param name="Detail">What the network said, for people.</param>
/// <param name="Fix">What to do, when not ok.</param>
/// <param name="Number">The account's phone number as the network shows it, when it said so.</param>
public sealed record ConnectionReport(bool Ok, Words Detail, Words? Fix = null, string? Number = null);

/// <summary>The network shows the contact that their message was read.</summary>
public interface IReadReceipts
{
    /// <summary>Marks a received message, and with it all before it, as read. Best effort: false when the network refused.</summary>
    /// <param name="address">Of the conversation: some networks mark a chat, others a message.</param>
    Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel);
}

/// <summary>The channel lives in pages that people write: its account comes with a piece of HTML to put there.</summary>
public interface IEmbeds
{
    /// <summary>What to paste into a page.</summary>
    /// <param name="server">The address visitors reach this server at, without a trailing slash.</param>
    /// <param name="hook">The last part of the account's webhook address.</param>
    string EmbedCode(string server, string hook);
}

/// <summary>The network shows the contact that somebody is typing.</summary>
public interface ITyping
{
    /// <summary>Whether the network takes it as having read the message: not for a business that does not tell that.</summary>
    bool TypingMarksRead => false;

    /// <summary>Shows typing in answer to a received message until a message is sent or the network's own time runs out.</summary>
    Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel);
}

/// <summary>People work at the network too, and see there which conversations need one.</summary>
public interface IShowsHolder
{
    /// <summary>Shows that a conversation went to a human, or back to the agent. Best effort: false when the network refused.</summary>
    Task<bool> ShowHolderAsync(bool human, string address, Connection connection, CancellationToken cancel);
}

/// <summary>Webhooks name people by an id alone; their name and picture are asked for.</summary>
public interface IProfiles
{
    /// <summary>Who is behind an address. Never throws for what the network answers.</summary>
    Task<ProfileAnswer> ProfileAsync(string address, Connection connection, CancellationToken cancel);
}

/// <summary>What came of asking for a profile.</summary>
public abstract record ProfileAnswer;

/// <summary>The person's profile.</summary>
/// <param name="PictureUrl">Lives for days only.</param>
public sealed record FoundProfile(string? Name, string? Username, string? PictureUrl) : ProfileAnswer;

/// <summary>The network does not tell.</summary>
/// <param name="Why">For people; never contains a secret.</param>
/// <param name="Retriable">Whether it may tell later without anybody's doing.</param>
public sealed record NoProfile(string Why, bool Retriable) : ProfileAnswer;

/// <summary>The account's token dies by itself unless it is renewed in time.</summary>
public interface ITokenRefresh
{
    /// <summary>How long after it was entered a token is to be renewed; null: this account's does not expire.</summary>
    TimeSpan? RenewAfter(ChannelSettings settings);

    /// <summary>Asks for a new token. The old one stays good until its own end. Never throws for what the network answers.</summary>
    Task<TokenAnswer> RenewTokenAsync(Connection connection, CancellationToken cancel);
}

/// <summary>What came of asking for a new token.</summary>
public abstract record TokenAnswer;

/// <summary>A new token.</summary>
/// <param name="Setting">The setting that holds it.</param>
/// <param name="NextIn">When it is to be renewed in its turn.</param>
public sealed record RenewedToken(string Setting, string Value, TimeSpan NextIn) : TokenAnswer
{
    public override string ToString() => $"RenewedToken({Setting}, {NextIn})";
}

/// <summary>The network gave none.</summary>
public sealed record NoToken(SendFailure Failure) : TokenAnswer;

/// <summary>The channel can cut a webhook body down to what concerns one account, for bodies that carry several tenants.</summary>
public interface ISlicesWebhooks
{
    /// <summary>A body of the same shape with only the items for which <paramref name="keep"/> holds. Pure.</summary>
    byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep);
}

/// <summary>Files that contacts send are opened with the account's credentials, while the network keeps them.</summary>
public interface IOpensMedia
{
    /// <summary>How long the network keeps a received file. Until then a file that cannot be opened is tried again.</summary>
    TimeSpan KeepsReceivedMedia => TimeSpan.FromDays(7);

    /// <summary>
    /// Opens a received file for reading. Never throws for what the network answers, nor for a lost connection before the first byte.
    /// </summary>
    Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel);
}

/// <summary>What came of opening a file.</summary>
public abstract record MediaAnswer;

/// <summary>The bytes as they stream in. The caller enforces a limit and disposes it.</summary>
/// <param name="MimeType">Lower case, without parameters; null when the network does not say.</param>
/// <param name="Length">In bytes, when the network says.</param>
public sealed record OpenedMedia(Stream Bytes, string? MimeType, long? Length) : MediaAnswer, IDisposable
{
    public void Dispose() => Bytes.Dispose();
}

/// <summary>The file cannot be read.</summary>
/// <param name="Why">For people; never contains a secret.</param>
/// <param name="Retriable">Whether it may be readable later, be it because somebody connects the account again.</param>
public sealed record ClosedMedia(string Why, bool Retriable) : MediaAnswer;

/// <summary>A file's bytes travel within its message.</summary>
public interface ISendsFiles
{
    /// <summary>Like <see cref="IChannel.SendAsync"/>, for a message whose content is a file of our own store.</summary>
    Task<SendOutcome> SendFileAsync(OutboundMessage message, MediaUpload file, Connection connection, CancellationToken cancel);
}

/// <summary>
/// Files are handed to the network before a message can name them: <see cref="MediaContent.MediaId"/> is then what this returned. A channel
/// that has neither this ability nor <see cref="ISendsFiles"/> is given a link of ours in <see cref="MediaContent.Url"/>, which the network
/// fetches.
/// </summary>
public interface IUploadsMedia
{
    /// <summary>How long an uploaded file can be sent, to anybody and any number of times; after it the file is uploaded again.</summary>
    TimeSpan KeepsUploads { get; }

    /// <summary>
    /// Hands one file over, once. Never throws for what the network answers, nor for a lost connection: nobody sees an upload, so trying
    /// again is always safe, and <see cref="SendFailure.Certain"/> of its failures says true.
    /// </summary>
    Task<UploadAnswer> UploadMediaAsync(MediaUpload file, Connection connection, CancellationToken cancel);
}

/// <summary>A file on its way to a network.</summary>
/// <param name="Kind">image | video | audio | document | sticker.</param>
/// <param name="FileName">Safe to write into a header.</param>
/// <param name="MimeType">Lower case; audio of Opus in Ogg says so: <c>audio/ogg; codecs=opus</c>.</param>
/// <param name="Bytes">Read from start to end; the caller disposes it.</param>
public sealed record MediaUpload(string Kind, string FileName, string MimeType, long Length, Stream Bytes);

/// <summary>What came of an upload.</summary>
public abstract record UploadAnswer;

/// <summary>The network has the file under this id.</summary>
public sealed record UploadedMedia(string MediaId) : UploadAnswer;

/// <summary>The network does not take the file.</summary>
/// <param name="Raw">The answer, for the attempt's record; never contains a secret.</param>
public sealed record UploadRefused(SendFailure Failure, string? Raw) : UploadAnswer;
