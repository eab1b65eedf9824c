using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>
/// The scheme by which several networks prove that a webhook is theirs: an HMAC-SHA256 over a time stamp, a dot and the raw body.
/// </summary>
/// <remarks>
/// The stamp's age is not judged. Networks repeat a webhook for hours and do not say whether they sign anew, so a limit could lose
/// messages; a replayed one changes nothing, since messages are known by their ids.
/// </remarks>
internal static class StampedSignature
{
    private const int HashBytes = 32, LongestStamp = 64;

    /// <param name="stamp">As it was sent.</param>
    /// <param name="signature">Hexadecimal.</param>
    public static Verification Check(WebhookRequest request, ReadOnlySpan<char> stamp, ReadOnlySpan<char> signature, string secret)
    {
        if (secret.Length == 0) return new Rejected("The account has no webhook secret.");
        Span<byte> claimed = stackalloc byte[HashBytes];
        if (stamp.Length is 0 or > LongestStamp || signature.Length != 2 * HashBytes
            || Convert.FromHexString(signature, claimed, out _, out _) != OperationStatus.Done)
        {
            return new Rejected("The signature is missing or has another form.");
        }

        Span<byte> actual = stackalloc byte[HashBytes];
        Span<byte> prefix = stackalloc byte[3 * LongestStamp + 1];
        var length = Encoding.UTF8.GetBytes(stamp, prefix);
        prefix[length++] = (byte)'.';
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(prefix[..length]);
        hash.AppendData(request.Body.Span);
        hash.GetHashAndReset(actual);
        return CryptographicOperations.FixedTimeEquals(claimed, actual)
            ? Verified.Instance
            : new Rejected("The signature does not match the body.");
    }
}
