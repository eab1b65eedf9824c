using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>WhatsApp by the business solution provider YCloud.</summary>
public sealed class YCloudChannel
    : IChannel, IConnectionTest, IReadReceipts, ITyping, IOpensMedia, IUploadsMedia, ITemplateCatalogue, IStartsConversations
{
    /// <inheritdoc/>
    public ChannelInfo Info => Settings.Info;

    /// <inheritdoc/>
    public TimeSpan KeepsReceivedMedia => Media.ReceivedKept;

    /// <inheritdoc/>
    public TimeSpan KeepsUploads => Media.UploadsKept;

    /// <inheritdoc/>
    public Verification Verify(WebhookRequest request, ChannelSettings settings) => Signature.Check(request, settings["webhook_secret"].Trim());

    /// <inheritdoc/>
    public IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => Reader.Read(body);

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Sender.SendAsync(message, connection, cancel);

    /// <inheritdoc/>
    public Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel) => ConnectionCheck.RunAsync(connection, cancel);

    /// <inheritdoc/>
    public Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.TouchAsync(externalId, "markAsRead", connection, cancel);

    public bool TypingMarksRead => true;

    /// <inheritdoc/>
    public Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.TouchAsync(toExternalId, "typingIndicator", connection, cancel);

    /// <inheritdoc/>
    public Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel) =>
        Media.OpenAsync(media, connection, cancel);

    /// <inheritdoc/>
    public Task<UploadAnswer> UploadMediaAsync(MediaUpload file, Connection connection, CancellationToken cancel) =>
        Media.UploadAsync(file, connection, cancel);

    /// <inheritdoc/>
    public Task<TemplateListing> ListTemplatesAsync(Connection connection, CancellationToken cancel) => Templates.ListAsync(connection, cancel);

    /// <inheritdoc/>
    public TemplateForm FormOf(NetworkTemplate template) => WhatsAppTemplate.FormOf(template);

    /// <inheritdoc/>
    public TemplateFilling Fill(NetworkTemplate template, TemplateValues values, string? to) => WhatsAppTemplate.Fill(template, values, to);

    /// <inheritdoc/>
    public Person? PersonOf(string written) => WhatsAppPerson.Of(written);
}
