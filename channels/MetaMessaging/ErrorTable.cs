using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>
/// A network's error codes as data: what each means here and what the outbox does about it. A code with its sub-code is looked up first,
/// then the code alone; HTTP statuses and texts vary.
/// </summary>
internal sealed class ErrorTable
{
    /// <summary>The one word of ours that says that the message may have gone out all the same.</summary>
    private const string Doubtful = "network_error_without_body";

    private static readonly (string Code, FailureReaction Reaction, string[] Errors)[] Shared =
    [
        ("token_expired", FailureReaction.PauseAccount, ["0", "102", "190"]),
        ("permission_missing", FailureReaction.PauseAccount, ["3", "10", "200", "230", "299"]),
        ("account_not_found", FailureReaction.PauseAccount, ["100/33"]),
        ("policy_blocked", FailureReaction.PauseAccount, ["368", "10/1893063"]),
        ("network_unavailable", FailureReaction.Retry, ["1", "2"]),
        ("unknown_failure", FailureReaction.Stop, ["1/99"]),
        (Doubtful, FailureReaction.Retry, ["1/1357046"]),
        ("rate_limited_account", FailureReaction.SlowAccount, ["4", "17", "32", "613", "80002", "80006"]),
        ("recipient_limited", FailureReaction.Stop, ["4/2018354", "9/2018352"]),
        ("recipient_unavailable", FailureReaction.Stop, ["551", "200/1545041", "200/2018028"]),
        ("media_rejected", FailureReaction.Stop, ["100/2018008", "100/2018047", "100/2018109", "4/2018109", "100/2018294"]),
        ("invalid_message", FailureReaction.Stop, ["100"]),
    ];

    private readonly Dictionary<string, (string Code, FailureReaction Reaction)> _byError = [];

    /// <param name="own">What only this network has, or means otherwise.</param>
    public ErrorTable(params ReadOnlySpan<(string Code, FailureReaction Reaction, string[] Errors)> own)
    {
        foreach (var row in Shared) Add(row);
        foreach (var row in own) Add(row);
    }

    /// <summary>What a refusal means: by the network's own error, or, when a proxy answered in its place, by the status.</summary>
    public SendFailure FailureOf(Exchange.Answer answer, JsonElement error)
    {
        if (error.Whole("code"u8) is { } code)
        {
            var subcode = error.Whole("error_subcode"u8);
            var (ours, reaction) = Classify(code, subcode);
            var name = subcode is null ? Text(code) : $"{Text(code)}/{Text(subcode.Value)}";
            var said = error.Words("message"u8)?.Cut(1000);
            return new SendFailure(ours, reaction, ours != Doubtful, name, said is null ? null : answer.Blotter.Blot(said), answer.RetryAfter);
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

    private (string Code, FailureReaction Reaction) Classify(long code, long? subcode) =>
        (subcode is { } sub && _byError.TryGetValue($"{Text(code)}/{Text(sub)}", out var known)) || _byError.TryGetValue(Text(code), out known)
            ? known
            : code is >= 200 and <= 299 ? ("permission_missing", FailureReaction.PauseAccount) : ("unknown_failure", FailureReaction.Stop);

    private void Add((string Code, FailureReaction Reaction, string[] Errors) row)
    {
        foreach (var error in row.Errors) _byError[error] = (row.Code, row.Reaction);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
