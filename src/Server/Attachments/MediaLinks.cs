using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Attachments;

/// <summary>
/// Addresses of stored files that need no sign-in: whoever has one may read that one file until it ends. It ends at a midnight (UTC), so that
/// an address read twice on one day is the same and answers that carry it stay equal.
/// </summary>
internal sealed class MediaLinks(PublicAddress address, SecretBox box, TimeProvider time)
{
    /// <summary>128 bits of the signature are enough to sign for a day, and keep addresses short.</summary>
    private const int SignatureSize = 16;

    private readonly byte[] _key = box.KeyFor("media links");

    /// <summary>The file.</summary>
    public string To(Attachment file) => Sign(file.TenantId, file.Id, thumbnail: false, FileNames.ForAddress(file.FileName, file.MimeType));

    /// <summary>The small picture of it.</summary>
    public string ToThumbnail(Attachment file) => Sign(file.TenantId, file.Id, thumbnail: true, "thumbnail.webp");

    /// <summary>A contact's picture.</summary>
    public string ToPortrait(Guid tenant, Guid id) => Sign(tenant, id, thumbnail: false, "picture.webp");

    /// <summary>What an address is worth.</summary>
    public LinkState Check(Guid tenant, Guid id, bool thumbnail, string? ends, string? signature)
    {
        if (!long.TryParse(ends, NumberStyles.None, CultureInfo.InvariantCulture, out var end) || signature is not { Length: 22 }) return LinkState.Unsigned;
        var expected = Encoding.ASCII.GetBytes(Signature(tenant, id, thumbnail, end));
        if (!CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(signature))) return LinkState.Unsigned;
        return time.GetUtcNow().ToUnixTimeSeconds() < end ? LinkState.Good : LinkState.Ended;
    }

    private string Sign(Guid tenant, Guid id, bool thumbnail, string name)
    {
        // The midnight after the next: at least a day from now.
        var end = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero).ToUnixTimeSeconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{address.Url}/media/{tenant:N}/{id:N}/{name}?{(thumbnail ? "v=t&" : "")}e={end}&s={Signature(tenant, id, thumbnail, end)}");
    }

    private string Signature(Guid tenant, Guid id, bool thumbnail, long end)
    {
        Span<byte> signed = stackalloc byte[41];
        tenant.TryWriteBytes(signed);
        id.TryWriteBytes(signed[16..]);
        signed[32] = thumbnail ? (byte)1 : (byte)0;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(signed[33..], end);
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(_key, signed, hash);
        return Base64Url.EncodeToString(hash[..SignatureSize]);
    }
}

/// <summary>Whether an address may be followed without a sign-in.</summary>
internal enum LinkState { Good, Ended, Unsigned }

/// <summary>Addresses that are not ours.</summary>
internal static class Links
{
    /// <summary>The outside address that a network was given, or null.</summary>
    public static string? Outside(string? source) => source is not null && ContentJson.Read(source) is MediaContent { Url: { } url } ? url : null;
}
