using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using static ChatOperator.Channels.Contract.FailureReaction;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>What refusals mean. Chatwoot has no codes: the status says what happened, its words say why.</summary>
internal static class Errors
{
    public static SendFailure FailureOf(Exchange.Answer answer, JsonElement body)
    {
        var words = answer.Blotter.Blot(WordsOf(body) ?? $"HTTP {(int)answer.Status}");
        var code = $"{(int)answer.Status}";
        return answer.Status switch
        {
            // It may have been stored before it failed.
            >= HttpStatusCode.InternalServerError => TransportFailures.WithoutBody((int)answer.Status) with { RetryAfter = answer.RetryAfter },
            HttpStatusCode.TooManyRequests => new("rate_limited_account", SlowAccount, true, code, words, answer.RetryAfter),
            HttpStatusCode.Unauthorized => new("token_expired", PauseAccount, true, code, words),
            HttpStatusCode.Forbidden => new("permission_missing", PauseAccount, true, code, words),
            HttpStatusCode.NotFound => new("conversation_not_found", Stop, true, code, words),
            HttpStatusCode.RequestEntityTooLarge => new("media_rejected", Stop, true, code, words),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new("invalid_message", Stop, true, code, words),
            HttpStatusCode.RequestTimeout => TransportFailures.Timeout,
            _ => new("unknown_failure", Stop, true, code, words),
        };
    }

    /// <summary>Whether what was asked for is only denied because a bot asks, who is known all the same.</summary>
    public static bool IsForBots(Exchange.Answer answer) =>
        answer.LostTo is null && answer.Body.Contains("not authorized for bots", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the network behind the inbox did not take a message.</summary>
    public static SendFailure OfMessage(JsonElement message) => new(
        "channel_refused", Stop, NetworkMessage: message.Get("content_attributes"u8).Words("external_error"u8)?.Cut(1000));

    private static string? WordsOf(JsonElement body) =>
        (body.Words("error"u8) ?? body.Words("message"u8) ?? body.Get("errors"u8).First().AsText() ?? body.Get("error"u8).Words("message"u8))?.Cut(1000);
}
