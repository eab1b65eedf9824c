using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>
/// Newer versions sign with the webhook's secret; older ones sign nothing, and some sign an inbox's webhooks with another key than they
/// show. For those the address itself carries a secret word. Either proof is enough, and an account with neither takes nothing: without
/// a proof of its own it could be written to from another tenant's address.
/// </summary>
internal static class Signature
{
    private const string Prefix = "sha256=";

    public static Verification Check(WebhookRequest request, ChannelSettings settings)
    {
        if (request.Method == "GET") return new Rejected("Chatwoot shakes no hands.");
        if (HasToken(request, settings["url_token"].Trim())) return Verified.Instance;
        var signature = request.Header("X-Chatwoot-Signature").AsSpan();
        return signature.StartsWith(Prefix, StringComparison.Ordinal)
            ? StampedSignature.Check(request, request.Header("X-Chatwoot-Timestamp"), signature[Prefix.Length..], settings["webhook_secret"].Trim())
            : new Rejected("Neither a signature nor the address's token.");
    }

    private static bool HasToken(WebhookRequest request, string token)
    {
        if (token.Length == 0 || request.Query("token") is not { Length: > 0 and <= 512 } given) return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
    }
}
