using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>One request to a network and what came of it. The question of every send is: can the network have it?</summary>
internal static class Exchange
{
    /// <summary>Longest answer that is read; what a network says to one send is a few hundred bytes.</summary>
    public const int MaxAnswer = 256 * 1024;

    /// <summary>Longest answer that is kept with an attempt.</summary>
    private const int MaxRaw = 8 * 1024;

    /// <summary>Sends once. A lost answer is a value, whose failure says whether the request can have been read.</summary>
    /// <param name="secrets">Values that are blotted out of the answer: networks repeat tokens in their errors.</param>
    /// <param name="maxAnswer">Longest answer that is read, in bytes.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired before the request was written.</exception>
    public static async Task<Answer> AskAsync(
        HttpClient http, HttpRequestMessage request, IEnumerable<string> secrets, CancellationToken cancel, int maxAnswer = MaxAnswer)
    {
        var written = request.Content is { } content ? new WatchedContent(content) : null;
        request.Content = written;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var body = await ReadAsync(response.Content, maxAnswer, cancel);
            var blotter = new Blotter(secrets);
            return new Answer(response.StatusCode, blotter.Blot(body), RetryAfter(response.Headers), null, blotter);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            // The body is written last. If it was not begun, no network can act on the request.
            var begun = written?.Begun == true;
            if (!begun && lost is OperationCanceledException && cancel.IsCancellationRequested) throw;
            return Answer.Lost(
                !begun ? TransportFailures.NetworkUnreachable
                : lost is OperationCanceledException ? TransportFailures.Timeout
                : TransportFailures.ConnectionLost);
        }
    }

    private static async Task<string> ReadAsync(HttpContent content, int most, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int read;
        while (kept.Length < most && (read = await stream.ReadAsync(buffer, cancel)) > 0) kept.Write(buffer, 0, read);
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }

    private static TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var wish = headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - headers.Date;
        return wish is { Ticks: >= 0 } ? wish : null;
    }

    /// <summary>What a network answered, secrets removed, or how the answer was lost.</summary>
    /// <param name="Body">As text; cut at 256 KB unless more was asked for.</param>
    /// <param name="LostTo">Set when there is no answer; then nothing else counts.</param>
    /// <param name="Blotter">For what is taken out of the body later: unescaping may bring a secret back.</param>
    public sealed record Answer(HttpStatusCode Status, string Body, TimeSpan? RetryAfter, SendFailure? LostTo, Blotter Blotter)
    {
        public static Answer Lost(SendFailure failure) => new(default, "", null, failure, new Blotter([]));

        public bool IsSuccess => LostTo is null && (int)Status is >= 200 and < 300;

        /// <summary>For the attempt's record.</summary>
        public string? Raw => LostTo is null ? Body.Cut(MaxRaw) : null;

        /// <summary>The body as JSON; IsJson is false when it is none.</summary>
        public JsonBody Json() => JsonBody.Parse(Encoding.UTF8.GetBytes(Body));
    }

    /// <summary>Content that remembers whether its writing has begun.</summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _inner;

        public WatchedContent(HttpContent inner)
        {
            _inner = inner;
            foreach (var header in inner.Headers) Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        public bool Begun { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            Begun = true;
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
