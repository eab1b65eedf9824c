using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>
/// Opens files that contacts sent. Their addresses lead on to where Chatwoot stores its files, often at another host; they need no token,
/// and none is sent. Where that is a private network, the installation must list the host: an address in a webhook opens none.
/// </summary>
internal static class Media
{
    public static async Task<MediaAnswer> OpenAsync(MediaContent media, Connection connection, CancellationToken cancel)
    {
        if (media.Url is not { } url) return new ClosedMedia("The message names no file.", false);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return new ClosedMedia("The file's address is not a web address.", false);
        return await Download.OpenAsync(connection.Http, address, "Chatwoot", null, cancel);
    }
}
