using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;
using static ChatOperator.Channels.Contract.FailureReaction;

namespace ChatOperator.Channels.YCloud;

/// <summary>
/// What the network's refusals mean. YCloud speaks for itself in words and for WhatsApp in Meta's numbers, written as strings; where both
/// are there, WhatsApp's is the reason.
/// </summary>
internal static class Errors
{
    private static readonly FrozenDictionary<string, (string Code, FailureReaction Reaction)> ByWord =
        new Dictionary<string, (string, FailureReaction)>
        {
            ["UNAUTHORIZED"] = ("token_expired", PauseAccount),
            ["ACCOUNT_LIMITED"] = ("account_limited", PauseAccount),
            ["ACCOUNT_UNAVAILABLE"] = ("account_limited", PauseAccount),
            ["BALANCE_INSUFFICIENT"] = ("balance_insufficient", PauseAccount),
            ["CONTENT_PROHIBITED"] = ("policy_blocked", Stop),
            ["CONTENT_TOO_LARGE"] = ("media_rejected", Stop),
            ["NOT_FOUND"] = ("account_not_found", PauseAccount),
            ["BAD_REQUEST"] = ("invalid_message", Stop),
            ["ALREADY_EXISTS"] = ("invalid_message", Stop),
            ["TOO_MANY_REQUESTS"] = ("rate_limited_account", SlowAccount),
            ["ACCOUNT_RATE_LIMITED"] = ("rate_limited_account", SlowAccount),
            ["RECIPIENT_UNSUBSCRIBED"] = ("opted_out", Stop),
            ["RECIPIENT_IN_BLOCK_LIST"] = ("recipient_blocked", Stop),
            ["INTERNAL_SERVER_ERROR"] = ("network_unavailable", Retry),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an answer means that is no success: by its error, or, when a proxy answered in its place, by the status.</summary>
    public static SendFailure FailureOf(Exchange.Answer answer, JsonElement error)
    {
        var meta = error.Get("whatsappApiError"u8);
        if (meta.Whole("code"u8) is not null) return Blotted(answer, ErrorReader.Failure(meta, answer.RetryAfter));

        var word = error.Id("code"u8);
        var said = error.Words("message"u8)?.Cut(1000);
        if (word is not null && ByWord.TryGetValue(word, out var known))
        {
            // YCloud may have failed on either side of handing the message over.
            var failure = new SendFailure(known.Code, known.Reaction, word != "INTERNAL_SERVER_ERROR", word, said, answer.RetryAfter);
            return Blotted(answer, failure);
        }

        var words = said ?? $"HTTP {(int)answer.Status}";
        return Blotted(answer, answer.Status switch
        {
            >= HttpStatusCode.InternalServerError => TransportFailures.WithoutBody((int)answer.Status) with { RetryAfter = answer.RetryAfter },
            HttpStatusCode.TooManyRequests => new("rate_limited_account", SlowAccount, NetworkMessage: words, RetryAfter: answer.RetryAfter),
            HttpStatusCode.Unauthorized => new("token_expired", PauseAccount, NetworkCode: word, NetworkMessage: words),
            HttpStatusCode.Forbidden => new("permission_missing", PauseAccount, NetworkCode: word, NetworkMessage: words),
            HttpStatusCode.RequestTimeout => TransportFailures.Timeout,
            _ => new("unknown_failure", Stop, NetworkCode: word, NetworkMessage: words),
        });
    }

    /// <summary>Why a message failed that says so of itself.</summary>
    public static SendFailure OfMessage(JsonElement message)
    {
        var meta = message.Get("whatsappApiError"u8);
        if (meta.Whole("code"u8) is not null) return ErrorReader.Failure(meta);
        var said = message.Words("errorMessage"u8)?.Cut(1000);
        var word = message.Id("errorCode"u8);
        return word is not null && ByWord.TryGetValue(word, out var known)
            ? new SendFailure(known.Code, known.Reaction, true, word, said)
            : ErrorReader.Failure(message.Whole("errorCode"u8), said) with { NetworkCode = word };
    }

    private static SendFailure Blotted(Exchange.Answer answer, SendFailure failure) =>
        failure with { NetworkMessage = failure.NetworkMessage is { } said ? answer.Blotter.Blot(said) : null };
}
