using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Intake.Kept;

/// <summary>
/// What a receipt without an account must keep besides its bytes: the headers that prove who signed it, so that it can be routed once
/// the right account is connected. Only those that the channel looks at.
/// </summary>
internal static class KeptSignature
{
    /// <summary>The headers that verification reads, as a JSON object.</summary>
    public static string Of(ConnectedAccount hook, WebhookRequest request)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        hook.Channel.Verify(
            request with
            {
                Header = name =>
                {
                    var value = request.Header(name);
                    if (value is not null) read[name] = Text.Clean(value);
                    return value;
                },
            },
            hook.Settings);
        return JsonSerializer.Serialize(read);
    }

    /// <summary>The request as it was, as far as verification looks at it.</summary>
    public static WebhookRequest Request(Receipt receipt, byte[] body)
    {
        var read = receipt.Signature is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)! : [];
        var headers = new Dictionary<string, string>(read, StringComparer.OrdinalIgnoreCase);
        return new WebhookRequest("POST", name => headers.GetValueOrDefault(name), _ => null, body, receipt.ReceivedAt);
    }
}
