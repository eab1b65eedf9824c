using System.Net;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>
/// Opens files that contacts sent. An id leads to an address that lives 5 minutes; ids themselves live 7 days. Both calls need the
/// account's token, which goes nowhere but to Meta's hosts or the one in the account's base URL, and never across a redirect.
/// </summary>
internal static class Media
{
    private static readonly string[] MetaHosts = ["fbsbx.com", "fbcdn.net", "facebook.com", "whatsapp.net"];

    public static async Task<MediaAnswer> OpenAsync(MediaContent media, Connection connection, CancellationToken cancel)
    {
        if (media.MediaId is not { } id)
        {
            return media.Url is { } given ? await DownloadAsync(given, connection, cancel) : new ClosedMedia("The message names no file.", false);
        }

        // Not the address of the webhook: it is 5 minutes old at best, the id gives a fresh one.
        var path = $"{Uri.EscapeDataString(id)}?phone_number_id={Uri.EscapeDataString(connection.Settings["phone_number_id"])}";
        var answer = await Sender.GetAsync(connection, connection.Settings.Graph(path), cancel);
        using var json = answer.Json();
        if (answer.IsSuccess && json.Root.Words("url"u8) is { } url) return await DownloadAsync(url, connection, cancel);
        var failure = answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8));
        return failure.Code is "account_not_found" or "invalid_message" || answer.Status == HttpStatusCode.NotFound
            ? new ClosedMedia("WhatsApp no longer has the file: it keeps received files for 7 days.", false)
            : new ClosedMedia(FailureWordList.Words[failure.Code].Message.En, failure.Retriable || failure.Reaction == FailureReaction.PauseAccount);
    }

    private static async Task<MediaAnswer> DownloadAsync(string url, Connection connection, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !MayHaveToken(address, connection.Settings))
        {
            return new ClosedMedia("The file's address is not one of WhatsApp's.", false);
        }

        return await Download.OpenAsync(connection.Http, address, "WhatsApp", ("Authorization", $"Bearer {connection.Settings.AccessToken()}"), cancel);
    }

    private static bool MayHaveToken(Uri address, ChannelSettings settings) =>
        string.Equals(address.Host, settings.Graph("").Host, StringComparison.OrdinalIgnoreCase)
            ? address.Scheme == Uri.UriSchemeHttps || settings.Graph("").Scheme == Uri.UriSchemeHttp
            : address.Scheme == Uri.UriSchemeHttps
                && MetaHosts.Any(host => address.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
