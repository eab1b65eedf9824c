using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Instagram;

/// <summary>An Instagram account's direct messages, by the Facebook page it is linked to or by Instagram's own login.</summary>
public sealed class InstagramChannel
    : IChannel, IConnectionTest, IReadReceipts, ITyping, IOpensMedia, IProfiles, ITokenRefresh, ISlicesWebhooks
{
    /// <inheritdoc/>
    public ChannelInfo Info => Settings.Info;

    /// <inheritdoc/>
    /// <remarks>Apps with Instagram's login have two secrets, and which of them signs is not said: either proves that Meta wrote it.</remarks>
    public Verification Verify(WebhookRequest request, ChannelSettings settings)
    {
        if (request.Method == "GET") return HubSignature.Shake(request, settings["verify_token"]);
        var first = HubSignature.Check(request, settings["app_secret"]);
        if (first is Verified || settings["instagram_app_secret"].Length == 0) return first;
        return HubSignature.Check(request, settings["instagram_app_secret"]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => Reader.Read(body);

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Writer.Write(message) is { } body
            ? await Settings.Graph.SendAsync(connection, connection.Settings.Sender(), body, MessageWriter.IsTagged(message), cancel,
                message.Content is ReactionContent ? $"reaction:{message.DeliveryId}" : null)
            : new Refused(
                new SendFailure("invalid_message", FailureReaction.Stop, NetworkMessage: $"Instagram has no form for this {message.Content.Type}."), null);

    /// <inheritdoc/>
    public Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel) => ConnectionCheck.RunAsync(connection, cancel);

    /// <inheritdoc/>
    public Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel) =>
        Settings.Graph.ActAsync(connection, connection.Settings.Sender(), address, "mark_seen", cancel);

    /// <inheritdoc/>
    public Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel) =>
        Settings.Graph.ActAsync(connection, connection.Settings.Sender(), address, "typing_on", cancel);

    /// <inheritdoc/>
    public Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel) =>
        Cdn.OpenAsync(media, connection.Http, Settings.Graph.At(connection.Settings, ""), cancel);

    /// <inheritdoc/>
    public Task<ProfileAnswer> ProfileAsync(string address, Connection connection, CancellationToken cancel) =>
        Profiles.AskAsync(Settings.Graph, address, "name,username,profile_pic", connection, cancel);

    /// <inheritdoc/>
    public TimeSpan? RenewAfter(ChannelSettings settings) => settings.UsesInstagramLogin() ? TokenRenewal.Youngest : null;

    /// <inheritdoc/>
    public Task<TokenAnswer> RenewTokenAsync(Connection connection, CancellationToken cancel) => TokenRenewal.AskAsync(connection, cancel);

    /// <inheritdoc/>
    public byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep) => Slicer.Slice(body, keep);
}
