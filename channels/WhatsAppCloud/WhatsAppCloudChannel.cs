using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>WhatsApp by Meta's Cloud API.</summary>
public sealed class WhatsAppCloudChannel
    : IChannel, IConnectionTest, IReadReceipts, ITyping, IOpensMedia, IUploadsMedia, ISlicesWebhooks, ITemplateCatalogue, IStartsConversations
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
    public Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Sender.SendAsync(message, connection, cancel);

    /// <inheritdoc/>
    public Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel) => ConnectionCheck.RunAsync(connection, cancel);

    /// <inheritdoc/>
    public Task<bool> MarkReadAsync(string externalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.PostReadAsync(externalId, typing: false, connection, cancel);

    public bool TypingMarksRead => true;

    /// <inheritdoc/>
    public Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel) =>
        Sender.PostReadAsync(toExternalId, typing: true, connection, cancel);

    /// <inheritdoc/>
    public Task<MediaAnswer> OpenMediaAsync(MediaContent media, Connection connection, CancellationToken cancel) =>
        Media.OpenAsync(media, connection, cancel);

    /// <inheritdoc/>
    public TimeSpan KeepsUploads => Upload.Kept;

    /// <inheritdoc/>
    public Task<UploadAnswer> UploadMediaAsync(MediaUpload file, Connection connection, CancellationToken cancel) =>
        Upload.RunAsync(file, connection, cancel);

    /// <inheritdoc/>
    public byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep) => Slicer.Slice(body, keep);

    /// <inheritdoc/>
    public Task<TemplateListing> ListTemplatesAsync(Connection connection, CancellationToken cancel) => Templates.ListAsync(connection, cancel);

    /// <inheritdoc/>
    public TemplateForm FormOf(NetworkTemplate template) => WhatsAppTemplate.FormOf(template);

    /// <inheritdoc/>
    public TemplateFilling Fill(NetworkTemplate template, TemplateValues values, string? to) => WhatsAppTemplate.Fill(template, values, to);

    /// <inheritdoc/>
    public Person? PersonOf(string written) => WhatsAppPerson.Of(written);
}
