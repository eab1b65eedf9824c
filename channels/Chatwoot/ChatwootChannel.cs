using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Conversations that live in Chatwoot's own inboxes; its dashboard is a second place where people answer.</summary>
public sealed class ChatwootChannel : IChannel, IConnectionTest, IReadReceipts, ITyping, IOpensMedia, ISendsFiles, IShowsHolder
{
    /// <inheritdoc/>
    public ChannelInfo Info => Settings.Info;

    /// <summary>Chatwoot keeps files as long as their messages; a month is enough to fetch one.</summary>
    public TimeSpan KeepsReceivedMedia => TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request, ChannelSettings settings) => Signature.Check(request, settings);

    /// <inheritdoc/>
    public IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => Reader.Read(body);

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Sender.SendAsync(message, connection, cancel);

    /// <inheritdoc/>
    public Task<SendOutcome> SendFileAsync(OutboundMessage message, MediaUpload file, Connection connection, CancellationToken cancel) =>
        Sender.SendFileAsync(message, file, connection, cancel);

    /// <inheritdoc/>
    public Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel) => ConnectionCheck.RunAsync(connection, cancel);

    /// <summary>Tells the dashboard: its unread mark of the conversation goes.</summary>
    public Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.TouchAsync(address, "update_last_seen", "{}", connection, cancel);

    /// <inheritdoc/>
    public Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.TouchAsync(address, "toggle_typing_status", """{"typing_status":"on"}""", connection, cancel);

    /// <summary>
    /// A human's conversations stand open. Back at the agent they wait as pending, where the inbox has an agent bot; without one nobody would
    /// look for them there.
    /// </summary>
    public Task<bool> ShowHolderAsync(bool human, string address, Connection connection, CancellationToken cancel) =>
        human ? Sender.TouchAsync(address, "toggle_status", """{"status":"open"}""", connection, cancel)
        : connection.Settings["agent_bot"] == "true" ? Sender.TouchAsync(address, "toggle_status", """{"status":"pending"}""", connection, cancel)
        : Task.FromResult(true);

    /// <inheritdoc/>
    public Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel) =>
        Media.OpenAsync(media, connection, cancel);
}
