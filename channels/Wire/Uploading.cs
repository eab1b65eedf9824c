using System.Net.Http.Headers;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>Hands a file over as a part of a form, as networks like it.</summary>
internal static class Uploading
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The form: plain fields first, for readers that stop at the file.</summary>
    public static MultipartFormDataContent Form(MediaUpload file, string field, params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        var bytes = new StreamContent(file.Bytes, BufferSize);
        bytes.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.MimeType, out var type) ? type : new("application/octet-stream");
        bytes.Headers.ContentLength = file.Length;
        form.Add(bytes, field, file.FileName);
        return form;
    }

    /// <summary>What came of it: the id in the answer, or why there is none.</summary>
    public static async Task<UploadAnswer> FinishAsync(Task<Exchange.Answer> asking, Func<Exchange.Answer, JsonElement, SendFailure> failureOf)
    {
        try
        {
            var answer = await asking;
            using var json = answer.Json();
            if (answer.IsSuccess && json.Root.Id("id"u8) is { } id) return new UploadedMedia(id);
            var failure = answer.LostTo ?? (answer.IsSuccess ? TransportFailures.Unreadable : failureOf(answer, json.Root.Get("error"u8)));
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
}
