using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>Opens a file by its address. Redirects are for the caller to judge: credentials must not follow them.</summary>
internal static class Download
{
    /// <summary>Some hosts refuse clients that do not name themselves.</summary>
    private static readonly ProductInfoHeaderValue UserAgent = new("ChatOperator", "1.0");

    /// <param name="network">Its name, for people.</param>
    /// <param name="header">A header that opens the file; null when none is needed.</param>
    /// <returns>The file, or why not and where the answer leads on instead. The caller decides whether to follow.</returns>
    public static async Task<(MediaAnswer Answer, Uri? Redirected)> OpenAsync(
        HttpClient http, Uri address, string network, (string Name, string Value)? header, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (header is var (name, value)) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.UserAgent.Add(UserAgent);
        try
        {
            // The response is not disposed here: its stream is the answer, and closing that returns the connection.
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var headers = response.Content.Headers;
                return (new OpenedMedia(
                    await response.Content.ReadAsStreamAsync(cancel), headers.ContentType?.MediaType?.ToLowerInvariant(), headers.ContentLength), null);
            }

            using (response)
            {
                var onward = (int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location
                    && Uri.TryCreate(address, location, out var next) ? next : null;
                return (new ClosedMedia($"{network} answered HTTP {(int)response.StatusCode} for the file.", MayPass(response.StatusCode)), onward);
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || (lost is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (new ClosedMedia($"The connection to {network}'s files was lost.", true), null);
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;
}
