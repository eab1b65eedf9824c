using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.YCloud;

/// <summary>
/// Files that contacts sent, and files to send. A received file's link is open to anybody for some minutes and then, for about a month,
/// to whoever has the account's key; the key goes nowhere but to YCloud's hosts or the one in the account's base URL.
/// </summary>
internal static class Media
{
    /// <summary>A little less than YCloud keeps them.</summary>
    public static readonly TimeSpan ReceivedKept = TimeSpan.FromDays(28), UploadsKept = TimeSpan.FromDays(29);

    public static async Task<MediaAnswer> OpenAsync(MediaContent media, Connection connection, CancellationToken cancel)
    {
        if (media.Url is not { } url) return new ClosedMedia("The message names no file.", false);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !MayHaveKey(address, connection.Settings.Api("")))
        {
            return new ClosedMedia("The file's address is not one of YCloud's.", false);
        }

        return await Download.OpenAsync(connection.Http, address, "YCloud", ("X-API-Key", connection.Settings.ApiKey()), cancel);
    }

    /// <summary>Hands a file to WhatsApp through YCloud; messages then name it by the id in the answer, for 30 days.</summary>
    public static Task<UploadAnswer> UploadAsync(MediaUpload file, Connection connection, CancellationToken cancel) => Uploading.FinishAsync(
        Sender.PostAsync(
            connection, $"whatsapp/media/{Uri.EscapeDataString(connection.Settings["phone_number"])}/upload", Uploading.Form(file, "file"), cancel),
        Errors.FailureOf);

    private static bool MayHaveKey(Uri address, Uri api) =>
        string.Equals(address.Host, api.Host, StringComparison.OrdinalIgnoreCase)
            ? address.Scheme == Uri.UriSchemeHttps || api.Scheme == Uri.UriSchemeHttp
            : address.Scheme == Uri.UriSchemeHttps && address.Host.EndsWith(".ycloud.com", StringComparison.OrdinalIgnoreCase);
}
