using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>
/// Opens files that contacts sent. Their addresses lead on to where Chatwoot stores its files, often at another host; they need no token,
/// and none is sent.
/// </summary>
internal static class Media
{
    private const int MostRedirects = 4;

    public static async Task<MediaAnswer> OpenAsync(MediaContent media, Connection connection, CancellationToken cancel)
    {
        if (media.Url is not { } url) return new ClosedMedia("The message names no file.", false);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return new ClosedMedia("The file's address is none.", false);
        for (var step = 0; step <= MostRedirects; step++)
        {
            // Each step anew: what leaves by the server's client may not lead into private networks.
            if (address.Scheme is not ("http" or "https")) return new ClosedMedia("The file's address is none.", false);
            var (answer, onward) = await Download.OpenAsync(connection.Http, address, "Chatwoot", null, cancel);
            if (onward is null) return answer;
            address = onward;
        }

        return new ClosedMedia("The file's address leads in circles.", false);
    }
}
