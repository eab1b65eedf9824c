using System.Threading.RateLimiting;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>
/// How much one visitor, one address and one widget may ask of a node. Buckets, so that a quick burst is fine and a flood is not. A browser
/// draws its own visitor, so whatever costs room is counted by address too, and a widget that is flooded from everywhere at once
/// leaves the others of the node alone.
/// </summary>
internal sealed class WidgetLimits : IDisposable
{
    private const long Mega = 1024 * 1024;

    private readonly WidgetSettings _settings;
    private readonly Buckets _sessions, _conversations, _posts, _files, _megabytes, _signals, _reads;
    private readonly OpenStreams _streams = new();

    public WidgetLimits(Settings settings)
    {
        _settings = settings.Widget;
        // Sessions are counted by address: before one there is no visitor.
        _sessions = new(_settings.SessionsPerMinute);
        _conversations = new(_settings.ConversationsPerMinute);
        _posts = new(_settings.MessagesPerMinute);
        _files = new(_settings.FilesPerMinute);
        _megabytes = new(_settings.UploadMegabytesPerMinute);
        _signals = new(4 * _settings.MessagesPerMinute);
        _reads = new(8 * _settings.MessagesPerMinute);
    }

    /// <exception cref="Problem">429 rate_limited; so do all of these.</exception>
    public void Session(HttpContext http) => _sessions.Take(Address(http));

    public void Post(HttpContext http, Visitor visitor)
    {
        Count(_posts, http, visitor);
        _posts.Take(WidgetOf(visitor), _settings.VisitorsPerWidget);
    }

    /// <summary>The first message of somebody new.</summary>
    public void Conversation(HttpContext http, Visitor visitor)
    {
        _conversations.Take(Address(http));
        _conversations.Take(WidgetOf(visitor), _settings.VisitorsPerWidget);
    }

    public void File(HttpContext http, Visitor visitor)
    {
        Count(_files, http, visitor);
        _files.Take(WidgetOf(visitor), _settings.VisitorsPerWidget);
        // Whoever does not say how much is coming is taken at a megabyte; the channel's own limit ends it.
        var megabytes = (int)Math.Clamp(((http.Request.ContentLength ?? Mega) + Mega - 1) / Mega, 1, _settings.UploadMegabytesPerMinute);
        _megabytes.Take(Address(http), permits: megabytes);
    }

    /// <summary>Typing and receipts.</summary>
    public void Signal(HttpContext http, Visitor visitor) => Count(_signals, http, visitor);

    /// <summary>Pages.</summary>
    public void Read(HttpContext http, Visitor visitor) => Count(_reads, http, visitor);

    /// <summary>A stream, which counts until its request ends.</summary>
    public void Stream(HttpContext http, Visitor visitor)
    {
        Count(_reads, http, visitor);
        foreach (var (key, most) in new[]
        {
            (KeyOf(visitor), _settings.StreamsPerVisitor), (Address(http), _settings.StreamsPerVisitor * _settings.VisitorsPerAddress),
            (WidgetOf(visitor), _settings.StreamsPerVisitor * _settings.VisitorsPerWidget),
        })
            http.Response.RegisterForDispose(_streams.Open(key, most));
    }

    public void Dispose()
    {
        foreach (var buckets in (Buckets[])[_sessions, _conversations, _posts, _files, _megabytes, _signals, _reads]) buckets.Dispose();
    }

    private void Count(Buckets buckets, HttpContext http, Visitor visitor)
    {
        buckets.Take(KeyOf(visitor));
        buckets.Take(Address(http), _settings.VisitorsPerAddress);
    }

    private static string Address(HttpContext http) => $"address:{NetworkAddress.Of(http.Connection.RemoteIpAddress)}";

    private static string KeyOf(Visitor visitor) => $"{visitor.Account.Id:N}:{visitor.Browser}";

    private static string WidgetOf(Visitor visitor) => $"widget:{visitor.Account.Id:N}";

    /// <summary>One kind of request, with a bucket for everybody who makes it.</summary>
    private sealed class Buckets(int perMinute) : IDisposable
    {
        private readonly PartitionedRateLimiter<(string Key, int Times)> _limiter = PartitionedRateLimiter.Create<(string Key, int Times), string>(
            who => RateLimitPartition.GetTokenBucketLimiter(who.Key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, perMinute * who.Times), TokensPerPeriod = Math.Max(1, perMinute * who.Times / 6),
                ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true,
            }));

        /// <param name="times">How many visitors share the bucket.</param>
        public void Take(string key, int times = 1, int permits = 1)
        {
            using var lease = _limiter.AttemptAcquire((key, times), permits);
            if (!lease.IsAcquired) throw TooMuch();
        }

        public void Dispose() => _limiter.Dispose();
    }

    internal static Problem TooMuch() =>
        new(429, "rate_limited", "That was too much at once.", "Wait a few seconds and go on.") { RetryAfter = TimeSpan.FromSeconds(10) };
}
