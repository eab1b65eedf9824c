using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Hands a file to <c>/{phone-number-id}/media</c>; messages then name it by the id in the answer, for 30 days.</summary>
internal static class Upload
{
    /// <summary>A day less than the network keeps it, for a message that waits in the queue meanwhile.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    public static Task<UploadAnswer> RunAsync(MediaUpload file, Connection connection, CancellationToken cancel) => Uploading.FinishAsync(
        Sender.AskAsync(
            connection,
            new HttpRequestMessage(HttpMethod.Post, connection.Settings.Number("/media"))
            {
                Content = Uploading.Form(file, "file", ("messaging_product", "whatsapp"), ("type", file.MimeType)),
            },
            cancel),
        Errors.FailureOf);
}
