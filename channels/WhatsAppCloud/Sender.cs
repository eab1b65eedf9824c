using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Speaks to the Graph API for one account, and says what its answers mean.</summary>
internal static class Sender
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public static async Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel)
    {
        if (Writer.Write(message) is not { } body)
        {
            var code = message.Content is TemplateContent ? "template_parameter_invalid" : "invalid_message";
            return new Refused(
                new SendFailure(code, FailureReaction.Stop, NetworkMessage: $"WhatsApp has no form for this {message.Content.Type}."), null);
        }

        var answer = await PostAsync(connection, body, cancel);
        if (answer.LostTo is not null) return new Refused(answer.LostTo, null);

        using var json = answer.Json();
        if (answer.IsSuccess)
        {
            return json.Root.Get("messages"u8).First().Id("id"u8) is { } id
                ? new Accepted(id, answer.Raw)
                : new Refused(TransportFailures.Unreadable, answer.Raw);
        }

        return new Refused(Errors.FailureOf(answer, json.Root.Get("error"u8)), answer.Raw);
    }

    public static async Task<bool> PostReadAsync(string externalId, bool typing, Connection connection, CancellationToken cancel) =>
        (await PostAsync(connection, Writer.WriteRead(externalId, typing), cancel)).IsSuccess;

    public static Task<Exchange.Answer> GetAsync(Connection connection, Uri address, CancellationToken cancel, int? maxAnswer = null) =>
        AskAsync(connection, new HttpRequestMessage(HttpMethod.Get, address), cancel, maxAnswer);

    private static Task<Exchange.Answer> PostAsync(Connection connection, byte[] body, CancellationToken cancel) =>
        AskAsync(
            connection,
            new HttpRequestMessage(HttpMethod.Post, connection.Settings.Number("/messages"))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = JsonType } },
            },
            cancel);

    /// <summary>One request with the account's token.</summary>
    public static async Task<Exchange.Answer> AskAsync(
        Connection connection, HttpRequestMessage request, CancellationToken cancel, int? maxAnswer = null)
    {
        using (request)
        {
            // Not the typed header: it throws for a token that cannot stand in one. Without it the network says that the token is bad.
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {connection.Settings.AccessToken()}");
            return await Exchange.AskAsync(connection.Http, request, connection.Settings.Secrets(), cancel, maxAnswer ?? Exchange.MaxAnswer);
        }
    }
}
