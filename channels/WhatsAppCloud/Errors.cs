using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>What the network's refusals mean.</summary>
internal static class Errors
{
    /// <summary>What a refusal means: by the network's own error, or, when a proxy answered in its place, by the status.</summary>
    public static SendFailure FailureOf(Exchange.Answer answer, JsonElement error)
    {
        if (error.Whole("code"u8) is not null)
        {
            var failure = ErrorReader.Failure(error, answer.RetryAfter);
            return failure with { NetworkMessage = failure.NetworkMessage is { } said ? answer.Blotter.Blot(said) : null };
        }

        var words = $"HTTP {(int)answer.Status}";
        return answer.Status switch
        {
            >= HttpStatusCode.InternalServerError => TransportFailures.WithoutBody((int)answer.Status) with { RetryAfter = answer.RetryAfter },
            HttpStatusCode.TooManyRequests =>
                new SendFailure("rate_limited_account", FailureReaction.SlowAccount, NetworkMessage: words, RetryAfter: answer.RetryAfter),
            HttpStatusCode.Unauthorized => new SendFailure("token_expired", FailureReaction.PauseAccount, NetworkMessage: words),
            HttpStatusCode.Forbidden => new SendFailure("permission_missing", FailureReaction.PauseAccount, NetworkMessage: words),
            HttpStatusCode.RequestTimeout => TransportFailures.Timeout,
            _ => new SendFailure("unknown_failure", FailureReaction.Stop, NetworkMessage: words),
        };
    }
}
