using System.Collections.Concurrent;
using System.Globalization;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>The file host: signed addresses that need no token, and links that businesses gave, fetched when they are sent.</summary>
internal sealed class Cdn(World world, MetaNetwork network)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    private readonly ConcurrentDictionary<string, MediaFile> _linked = new();

    /// <summary>An address of a file that a customer sent.</summary>
    public string UrlOf(MediaFile file) =>
        new Uri(world.MediaAddress, $"/{network.Channel}_cdn/{file.Id}/{Uri.EscapeDataString(file.Filename ?? "file")}?oh=00_{Convert.ToHexStringLower(file.Sha256)[..16]}").ToString();

    /// <summary>A small picture for a kind of file, or the bytes the customer chose.</summary>
    public MediaFile Put(string kind, byte[]? bytes, string? mimeType, string? filename)
    {
        var sample = Samples.Of(kind);
        return world.Media.Put(bytes ?? sample.Bytes, mimeType ?? sample.MimeType, filename ?? sample.Filename, world.Time.GetUtcNow() + Life);
    }

    /// <summary>Fetches a link that a business sends; false when it leads nowhere.</summary>
    public async Task<bool> FetchAsync(string link, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var url) || await world.Courier.FetchAsync(url, cancellation) is not { } found) return false;
        _linked[link] = world.Media.Put(found.Bytes, found.MimeType, url.Segments[^1].Trim('/'), world.Time.GetUtcNow() + Life);
        return true;
    }

    /// <summary>What a phone shows of an address: a file that was fetched, or one of our own.</summary>
    public MediaFile? Find(string url) => _linked.TryGetValue(url, out var file) ? file
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Segments is [_, _, var id, ..]
            ? world.Media.Find(id.Trim('/'), world.Time.GetUtcNow()) : null;

    public void Map(IEndpointRouteBuilder media) => media.MapGet(
        $"/{network.Channel}_cdn/{{id}}/{{name}}",
        (string id, string? oh) => world.Media.Find(id, world.Time.GetUtcNow()) is { } file && oh?.EndsWith(
            Convert.ToHexStringLower(file.Sha256)[..16], StringComparison.Ordinal) == true
            ? Results.Bytes(file.Bytes, file.MimeType) : Results.StatusCode(StatusCodes.Status403Forbidden));

    /// <summary>Everybody's portrait.</summary>
    public string Portrait(Phone phone)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"portrait:{phone.Number}:{phone.Portrait}");
        return UrlOf(_linked.GetOrAdd(key, _ => Put("image", Sandbox.Portrait.Of(phone.Number, phone.Portrait), "image/png", "portrait.png")));
    }

    public void Clear() => _linked.Clear();
}
