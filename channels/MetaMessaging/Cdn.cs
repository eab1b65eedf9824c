using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>
/// Opens files that contacts sent. Their addresses are signed, need no token and get none, and die after some days. Only Meta's own hosts
/// and the one in the account's base URL are asked first: an address in a message is a stranger's word.
/// </summary>
internal static class Cdn
{
    private static readonly string[] MetaHosts = ["fbsbx.com", "fbcdn.net", "facebook.com", "cdninstagram.com", "instagram.com"];

    /// <param name="home">The account's API.</param>
    public static async Task<MediaAnswer> OpenAsync(MediaContent media, HttpClient http, Uri home, CancellationToken cancel)
    {
        if (media.Url is not { } url) return new ClosedMedia("The message names no file.", false);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsKnown(address, home))
            return new ClosedMedia("The file's address is not one of Meta's.", false);

        return await Download.OpenAsync(http, address, "Meta", null, cancel);
    }

    private static bool IsKnown(Uri address, Uri home) =>
        string.Equals(address.Host, home.Host, StringComparison.OrdinalIgnoreCase)
            ? address.Scheme == Uri.UriSchemeHttps || home.Scheme == Uri.UriSchemeHttp
            : address.Scheme == Uri.UriSchemeHttps
                && MetaHosts.Any(host => address.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
