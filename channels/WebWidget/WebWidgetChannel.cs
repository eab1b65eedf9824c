using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WebWidget;

/// <summary>The chat window on a business's own web pages. Its network is this product: what is recorded as sent is what visitors see.</summary>
public sealed class WebWidgetChannel : IChannel, IEmbeds
{
    /// <inheritdoc/>
    public ChannelInfo Info => Settings.Info;

    /// <summary>
    /// Visitors' own words come in by the server's visitor endpoints, which check visitors themselves. A webhook is what the business's
    /// server hands over on a visitor's behalf, signed with the identity secret.
    /// </summary>
    public Verification Verify(WebhookRequest request, ChannelSettings settings) =>
        request.Method == "GET"
            ? new Rejected("The widget has no handshake.")
            : CouldBeAnId(request.Body.Span) ? new Rejected("The body could be a person's id, which the same secret signs: end it with a line break.")
            : HubSignature.Check(request, settings["identity_secret"]);

    /// <summary>
    /// The identity secret also signs the ids of people, who may have chosen them: no such proof may pass as the signature of a webhook. An id
    /// is one line of at most 120 characters, so a body that is neither longer nor has a control character is refused.
    /// </summary>
    private static bool CouldBeAnId(ReadOnlySpan<byte> body)
    {
        const int longestId = 120;
        var text = Encoding.UTF8.GetString(body);
        return text.Length <= longestId && !text.Any(char.IsControl);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => Reader.Read(body);

    /// <inheritdoc/>
    public Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) =>
        Writer.SendAsync(message, cancel);

    /// <inheritdoc/>
    public string EmbedCode(string server, string hook) => $"<script src=\"{server}/widget.js\" data-widget=\"{hook}\" async></script>";
}
