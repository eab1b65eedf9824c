using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>Speaks to YCloud's API for one account.</summary>
internal static class Sender
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public static async Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel)
    {
        if (Writer.Write(message, connection.Settings["phone_number"]) is not { } body)
        {
            var code = message.Content is TemplateContent ? "template_parameter_invalid" : "invalid_message";
            return new Refused(
                new SendFailure(code, FailureReaction.Stop, NetworkMessage: $"WhatsApp has no form for this {message.Content.Type}."), null);
        }

        var path = connection.Settings.UsesQueue() ? "whatsapp/messages" : "whatsapp/messages/sendDirectly";
        var answer = await PostAsync(connection, path, new ByteArrayContent(body) { Headers = { ContentType = JsonType } }, cancel);
        if (answer.LostTo is not null) return new Refused(answer.LostTo, null);

        using var json = answer.Json();
        if (!answer.IsSuccess) return new Refused(Errors.FailureOf(answer, json.Root.Get("error"u8)), answer.Raw);
        if (json.Root.Text("status"u8) == "failed") return new Refused(Errors.OfMessage(json.Root), answer.Raw);
        // From the queue WhatsApp's id comes only with the reports, which carry our delivery id too.
        return MessageReader.IdOf(json.Root) is { } id
            ? new Accepted(id, answer.Raw)
            : new Refused(TransportFailures.Unreadable, answer.Raw);
    }

    /// <summary>Something done to a received message: <c>markAsRead</c> or <c>typingIndicator</c>.</summary>
    public static async Task<bool> TouchAsync(string externalId, string verb, Connection connection, CancellationToken cancel) =>
        (await PostAsync(connection, $"whatsapp/inboundMessages/{Uri.EscapeDataString(externalId)}/{verb}", null, cancel)).IsSuccess;

    public static Task<Exchange.Answer> GetAsync(Connection connection, string path, CancellationToken cancel, int maxAnswer = Exchange.MaxAnswer) =>
        AskAsync(connection, new HttpRequestMessage(HttpMethod.Get, connection.Settings.Api(path)), maxAnswer, cancel);

    public static Task<Exchange.Answer> PostAsync(Connection connection, string path, HttpContent? content, CancellationToken cancel) =>
        AskAsync(connection, new HttpRequestMessage(HttpMethod.Post, connection.Settings.Api(path)) { Content = content }, Exchange.MaxAnswer, cancel);

    private static async Task<Exchange.Answer> AskAsync(
        Connection connection, HttpRequestMessage request, int maxAnswer, CancellationToken cancel)
    {
        using (request)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", connection.Settings.ApiKey());
            return await Exchange.AskAsync(connection.Http, request, connection.Settings.Secrets(), cancel, maxAnswer);
        }
    }
}
