using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>
/// Opens files that contacts sent. Their addresses are signed, need no token and get none, and die after some days. Only Meta's own hosts
/// and the one in the account's base URL are asked, never across a redirect: an address in a message is a stranger's word.
/// </summary>
internal static class Cdn
{
    private static readonly string[] MetaHosts = ["fbsbx.com", "fbcdn.net", "facebook.com", "cdninstagram.com", "instagram.com"];

    /// <summary>Meta refuses some clients that do not name themselves.</summary>
    private static readonly ProductInfoHeaderValue UserAgent = new("ChatOperator", "1.0");

    /// <param name="home">The account's API.</param>
    public static async Task<MediaAnswer> OpenAsync(MediaContent media, HttpClient http, Uri home, CancellationToken cancel)
    {
        if (media.Url is not { } url) return new ClosedMedia("The message names no file.", false);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsKnown(address, home))
            return new ClosedMedia("The file's address is not one of Meta's.", false);

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(UserAgent);
        try
        {
            // The response is not disposed here: its stream is the answer, and closing that returns the connection.
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var headers = response.Content.Headers;
                return new OpenedMedia(
                    await response.Content.ReadAsStreamAsync(cancel), headers.ContentType?.MediaType?.ToLowerInvariant(), headers.ContentLength);
            }

            using (response)
            {
                return new ClosedMedia(
                    response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone
                        ? "Meta no longer has the file: its address has expired."
                        : $"Meta answered HTTP {(int)response.StatusCode} for the file.",
                    (int)response.StatusCode >= 500);
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || (lost is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new ClosedMedia("The connection to Meta's files was lost.", true);
        }
    }

    private static bool IsKnown(Uri address, Uri home) =>
        string.Equals(address.Host, home.Host, StringComparison.OrdinalIgnoreCase)
            ? address.Scheme == Uri.UriSchemeHttps || home.Scheme == Uri.UriSchemeHttp
            : address.Scheme == Uri.UriSchemeHttps
                && MetaHosts.Any(host => address.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
