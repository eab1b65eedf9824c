using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>
/// Opens a file by its address. Redirects are followed, each by a connection that is checked like the first, but without the credential:
/// it is for the address it was given with.
/// </summary>
internal static class Download
{
    private const int MostRedirects = 5;

    /// <summary>Some hosts refuse clients that do not name themselves.</summary>
    private static readonly ProductInfoHeaderValue UserAgent = new("ChatOperator", "1.0");

    /// <param name="network">Its name, for people.</param>
    /// <param name="credential">A header that opens the file; null when none is needed.</param>
    public static async Task<MediaAnswer> OpenAsync(
        HttpClient http, Uri address, string network, (string Name, string Value)? credential, CancellationToken cancel)
    {
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (address.Scheme is not ("https" or "http")) return new ClosedMedia("The file's address is not a web address.", false);
            var (answer, onward) = await AskAsync(http, address, network, hop == 0 ? credential : null, mayChange: credential is not null, cancel);
            if (onward is null) return answer;
            address = onward;
        }

        return new ClosedMedia("The file's address leads in circles.", false);
    }

    /// <param name="mayChange">Whether being denied says nothing for good: tokens are renewed, and each try is given a new signed address.</param>
    private static async Task<(MediaAnswer Answer, Uri? Onward)> AskAsync(
        HttpClient http, Uri address, string network, (string Name, string Value)? credential, bool mayChange, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (credential is var (name, value)) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.UserAgent.Add(UserAgent);
        try
        {
            // The response is not disposed here: its stream is the answer, and closing that returns the connection.
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var headers = response.Content.Headers;
                // Of a packed answer the length is not the file's.
                var length = headers.ContentEncoding.Count == 0 ? headers.ContentLength : null;
                return (new OpenedMedia(await response.Content.ReadAsStreamAsync(cancel), headers.ContentType?.MediaType?.ToLowerInvariant(), length), null);
            }

            using (response)
            {
                if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location && Uri.TryCreate(address, location, out var onward))
                    return (new ClosedMedia($"{network} leads on to another address.", false), onward);
                return (new ClosedMedia($"{network} answered HTTP {(int)response.StatusCode} for the file.", MayPass(response.StatusCode, mayChange)), null);
            }
        }
        catch (HttpRequestException refused) when (refused.InnerException is ForbiddenAddressException)
        {
            return (new ClosedMedia($"{network}'s file is at an address that this account may not call.", false), null);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException
            || (lost is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return (new ClosedMedia($"The connection to {network}'s files was lost.", true), null);
        }
    }

    private static bool MayPass(HttpStatusCode status, bool mayChange) => (int)status switch
    {
        >= 500 or 408 or 425 or 429 => true,
        401 or 403 => mayChange,
        _ => false,
    };
}
