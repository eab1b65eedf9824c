using System.Net;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Attachments.Inbound;

/// <summary>
/// Opens an address that a network wrote into a webhook, without any credentials. Each hop of a redirect is a connection of its own and
/// checked like the first, so that none leads into a private network.
/// </summary>
internal sealed class OpenAddress(OutboundHttp outbound)
{
    private const int MostRedirects = 5;

    public async Task<MediaAnswer> OpenAsync(string? url, bool mayReachPrivate, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return new ClosedMedia("The message names no file.", false);
        try
        {
            for (var hop = 0; hop <= MostRedirects; hop++)
            {
                if (address.Scheme is not ("https" or "http")) return new ClosedMedia("The file's address is not a web address.", false);
                var response = await outbound.For(mayReachPrivate).GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
                if (response.StatusCode == HttpStatusCode.OK) return await OpenedAsync(response, cancel);
                using (response)
                {
                    if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } next) return Closed(response.StatusCode);
                    address = new Uri(address, next);
                }
            }
            return new ClosedMedia("The file's address leads from one to the next without end.", false);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException || (lost is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new ClosedMedia("The file's address could not be reached.", true);
        }
    }

    // The response is not disposed here: its stream is the answer, and closing that returns the connection.
    private static async Task<MediaAnswer> OpenedAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var headers = response.Content.Headers;
        // Of a packed answer the length is not the file's.
        var length = headers.ContentEncoding.Count == 0 ? headers.ContentLength : null;
        return new OpenedMedia(await response.Content.ReadAsStreamAsync(cancel), headers.ContentType?.MediaType?.ToLowerInvariant(), length);
    }

    private static ClosedMedia Closed(HttpStatusCode status) =>
        new($"The file's address answered HTTP {(int)status}.", (int)status is >= 500 or 408 or 425 or 429);
}
