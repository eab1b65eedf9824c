using System.Net;

namespace ChatOperator.Outbox;

/// <summary>
/// Refuses to write a request after the deadline of its claim: a node that froze between claiming and writing must not send what another node
/// has taken over meanwhile. Checked as late as possible, when the body is about to be written.
/// </summary>
internal sealed class SendDeadline(TimeProvider time) : DelegatingHandler
{
    private static readonly AsyncLocal<DateTimeOffset?> Current = new();

    /// <summary>Sets the deadline for the requests of the calling flow.</summary>
    public static void Set(DateTimeOffset deadline) => Current.Value = deadline;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Current.Value is { } deadline)
        {
            Check(deadline);
            if (request.Content is { } content) request.Content = new Guarded(content, () => Check(deadline));
        }
        return base.SendAsync(request, cancellationToken);
    }

    private void Check(DateTimeOffset deadline)
    {
        if (time.GetUtcNow() >= deadline) throw new OperationCanceledException("The claim's deadline passed before the request was written.");
    }

    private sealed class Guarded : HttpContent
    {
        private readonly HttpContent _inner;
        private readonly Action _check;

        public Guarded(HttpContent inner, Action check)
        {
            (_inner, _check) = (inner, check);
            foreach (var header in inner.Headers) Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _check();
            return _inner.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _inner.Headers.ContentLength ?? -1;
            return length >= 0;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
