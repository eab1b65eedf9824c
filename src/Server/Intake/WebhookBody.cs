using System.Buffers;

namespace ChatOperator.Intake;

/// <summary>
/// Reads a body within bounds: nothing larger than the limit is ever held, and of the rest only what has arrived, whatever length was
/// announced.
/// </summary>
/// <param name="Bytes">Null when it was not read to its end.</param>
/// <param name="TooLarge">Else, without bytes, there is no room for it at the moment.</param>
internal readonly record struct WebhookBody(byte[]? Bytes, bool TooLarge)
{
    /// <param name="request">Whose body.</param>
    /// <param name="limit">The largest body in bytes.</param>
    /// <param name="lease">Holds what has arrived.</param>
    /// <param name="cancel">The sender is gone.</param>
    public static async ValueTask<WebhookBody> ReadAsync(HttpRequest request, int limit, ByteBudget.Lease lease, CancellationToken cancel)
    {
        if (request.ContentLength > limit) return new WebhookBody(null, TooLarge: true);
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancel);
            if (read.Buffer.Length > limit) return new WebhookBody(null, TooLarge: true);
            if (!lease.GrowTo(read.Buffer.Length)) return new WebhookBody(null, TooLarge: false);
            if (read.IsCompleted || read.Buffer.Length == request.ContentLength)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return new WebhookBody(body, TooLarge: false);
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
