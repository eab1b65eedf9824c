using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>
/// Checks header <c>YCloud-Signature</c>: <c>t=&lt;unix seconds&gt;,s=&lt;hex&gt;</c>. The key is the whole secret as it is shown, its
/// <c>whsec_</c> included; it is not decoded.
/// </summary>
internal static class Signature
{
    public static Verification Check(WebhookRequest request, string secret)
    {
        if (request.Method == "GET") return new Rejected("YCloud shakes no hands.");
        ReadOnlySpan<char> stamp = default, signature = default;
        var header = request.Header("YCloud-Signature").AsSpan();
        if (header.Length > 512) return new Rejected("The signature is too long.");
        foreach (var range in header.Split(','))
        {
            var part = header[range].Trim();
            if (part.StartsWith("t=", StringComparison.Ordinal)) stamp = part[2..];
            else if (part.StartsWith("s=", StringComparison.Ordinal)) signature = part[2..];
        }

        return StampedSignature.Check(request, stamp, signature, secret);
    }
}
