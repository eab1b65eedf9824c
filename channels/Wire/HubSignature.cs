using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>How Meta's networks prove that a webhook is theirs: the token of the handshake, and an HMAC over the raw body.</summary>
internal static class HubSignature
{
    private const string Prefix = "sha256=";
    private const int HashBytes = 32;

    /// <summary>Checks header <c>X-Hub-Signature-256</c>: "sha256=" and the hexadecimal HMAC-SHA256 of the body under the app secret.</summary>
    public static Verification Check(WebhookRequest request, string appSecret)
    {
        if (appSecret.Length == 0) return new Rejected("The account has no app secret.");
        if (request.Header("X-Hub-Signature-256") is not { } header) return new Rejected("The signature is missing.");

        if (request.Checked.TryGetValue(appSecret, out var known)) return known;
        return request.Checked[appSecret] = Compare(request, header, appSecret);
    }

    private static Verification Compare(WebhookRequest request, string header, string appSecret)
    {
        Span<byte> claimed = stackalloc byte[HashBytes];
        if (header.Length != Prefix.Length + 2 * HashBytes || !header.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Prefix.Length), claimed, out _, out _) != OperationStatus.Done)
        {
            return new Rejected("The signature is not of the form sha256=….");
        }

        Span<byte> actual = stackalloc byte[HashBytes];
        if (appSecret.Length <= 128)
        {
            Span<byte> key = stackalloc byte[3 * 128];
            HMACSHA256.HashData(key[..Encoding.UTF8.GetBytes(appSecret, key)], request.Body.Span, actual);
        }
        else
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), request.Body.Span, actual);
        }

        return CryptographicOperations.FixedTimeEquals(claimed, actual)
            ? Verified.Instance
            : new Rejected("The signature does not match the body.");
    }

    /// <summary>Answers the handshake by which Meta makes sure that the address is ours.</summary>
    public static Verification Shake(WebhookRequest request, string verifyToken)
    {
        if (verifyToken.Length == 0) return new Rejected("The account has no verify token.");
        if (request.Query("hub.mode") != "subscribe") return new Rejected("The handshake's mode is not subscribe.");
        if (request.Query("hub.challenge") is not { Length: > 0 and <= 512 } challenge) return new Rejected("The handshake has no challenge.");

        var given = Encoding.UTF8.GetBytes(request.Query("hub.verify_token") ?? "");
        return CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(verifyToken))
            ? new Handshake(challenge)
            : new Rejected("The verify token is not the account's.");
    }
}
