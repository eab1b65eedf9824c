using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Hands a file to <c>/{phone-number-id}/media</c>; messages then name it by the id in the answer, for 30 days.</summary>
internal static class Upload
{
    /// <summary>A day less than the network keeps it, for a message that waits in the queue meanwhile.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(29);

    private const int BufferSize = 64 * 1024;

    public static async Task<UploadAnswer> RunAsync(MediaUpload file, Connection connection, CancellationToken cancel)
    {
        try
        {
            var answer = await Sender.AskAsync(connection, Request(file, connection), cancel);
            using var json = answer.Json();
            if (answer.IsSuccess && json.Root.Id("id"u8) is { } id) return new UploadedMedia(id);
            var failure = answer.LostTo ?? (answer.IsSuccess ? TransportFailures.Unreadable : Errors.FailureOf(answer, json.Root.Get("error"u8)));
            // A parameter that the network does not like can only be the file: everything else is ours.
            if (failure.Code == "invalid_message") failure = failure with { Code = "media_rejected" };
            return new UploadRefused(Repeatable(failure), answer.Raw);
        }
        catch (OperationCanceledException)
        {
            return new UploadRefused(Repeatable(TransportFailures.Timeout), null);
        }
    }

    /// <summary>Whatever became of the bytes, no message has gone out.</summary>
    private static SendFailure Repeatable(SendFailure failure) => failure.Certain ? failure : failure with { Certain = true };

    private static HttpRequestMessage Request(MediaUpload file, Connection connection)
    {
        var bytes = new StreamContent(file.Bytes, BufferSize);
        bytes.Headers.ContentType = MediaTypeHeaderValue.Parse(file.MimeType);
        bytes.Headers.ContentLength = file.Length;
        return new HttpRequestMessage(HttpMethod.Post, connection.Settings.Number("/media"))
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent("whatsapp"), "messaging_product" },
                { new StringContent(file.MimeType), "type" },
                { bytes, "file", file.FileName },
            },
        };
    }
}
