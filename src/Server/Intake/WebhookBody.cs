using System.Buffers;

namespace ChatOperator.Intake;

/// <summary>Reads a body within bounds: nothing larger than the limit is ever held.</summary>
internal static class WebhookBody
{
    /// <summary>The body, or null when it is larger than <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        if (request.ContentLength is { } length) return length > limit ? null : await ReadExactlyAsync(request, (int)length, cancel);
        return await ReadChunkedAsync(request, limit, cancel);
    }

    private static async ValueTask<byte[]> ReadExactlyAsync(HttpRequest request, int length, CancellationToken cancel)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        await request.Body.ReadExactlyAsync(body, cancel);
        return body;
    }

    private static async ValueTask<byte[]?> ReadChunkedAsync(HttpRequest request, int limit, CancellationToken cancel)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancel);
            if (read.Buffer.Length > limit) return null;
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
