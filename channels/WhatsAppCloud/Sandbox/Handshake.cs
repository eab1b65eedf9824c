using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>The question that a webhook receiver must answer before it gets any webhook.</summary>
internal static class Handshake
{
    public static async Task<(bool Ok, string Why)> TryAsync(Courier courier, Uri url, string verifyToken, CancellationToken cancellation)
    {
        var challenge = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
        var query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(verifyToken)}";
        var asked = new UriBuilder(url) { Query = url.Query.Length > 1 ? url.Query[1..] + "&" + query : query };
        var answer = await courier.GetAsync(asked.Uri, cancellation);
        if (answer.Status is not { } status) return (false, answer.Body);
        if (status != HttpStatusCode.OK) return (false, $"the receiver answered {(int)status}");
        return answer.Body == challenge ? (true, "the challenge came back") : (false, "the answer is not the bare challenge");
    }
}
