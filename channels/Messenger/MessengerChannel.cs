using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Messenger;

/// <summary>A Facebook page's Messenger.</summary>
public sealed class MessengerChannel : IChannel, IConnectionTest, IReadReceipts, ITyping, IOpensMedia, IProfiles, ISlicesWebhooks
{
    /// <inheritdoc/>
    public ChannelInfo Info => Settings.Info;

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request, ChannelSettings settings) =>
        request.Method == "GET"
            ? HubSignature.Shake(request, settings["verify_token"])
            : HubSignature.Check(request, settings["app_secret"]);

    /// <inheritdoc/>
    public IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => Reader.Read(body);

    /// <inheritdoc/>
    public async Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Writer.Write(message) is { } body
            ? await Settings.Graph.SendAsync(connection, connection.Settings["page_id"], body, MessageWriter.IsTagged(message), cancel)
            : new Refused(
                new SendFailure("invalid_message", FailureReaction.Stop, NetworkMessage: $"Messenger has no form for this {message.Content.Type}."), null);

    /// <inheritdoc/>
    public Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel) => ConnectionCheck.RunAsync(connection, cancel);

    /// <inheritdoc/>
    public Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel) =>
        Settings.Graph.ActAsync(connection, connection.Settings["page_id"], address, "mark_seen", cancel);

    /// <inheritdoc/>
    public Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel) =>
        Settings.Graph.ActAsync(connection, connection.Settings["page_id"], address, "typing_on", cancel);

    /// <inheritdoc/>
    public Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel) =>
        Cdn.OpenAsync(media, connection.Http, Settings.Graph.At(connection.Settings, ""), cancel);

    /// <inheritdoc/>
    public Task<ProfileAnswer> ProfileAsync(string address, Connection connection, CancellationToken cancel) =>
        Profiles.AskAsync(Settings.Graph, address, "first_name,last_name,name,profile_pic", connection, cancel);

    /// <inheritdoc/>
    public byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep) => Slicer.Slice(body, keep);
}
