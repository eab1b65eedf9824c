using System.Threading.RateLimiting;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>
/// How much one visitor, one address and one widget may ask of a node. Buckets, so that a quick burst is fine and a flood is not.
/// </summary>
internal sealed class WidgetLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _sessions, _posts, _signals, _reads, _files;

    public WidgetLimits(Settings settings)
    {
        var limits = settings.Widget;
        // Sessions are counted by address: before one there is no visitor.
        _sessions = Bucket(limits.SessionsPerMinute);
        _posts = Bucket(limits.MessagesPerMinute);
        _files = Bucket(limits.FilesPerMinute);
        _signals = Bucket(4 * limits.MessagesPerMinute);
        _reads = Bucket(8 * limits.MessagesPerMinute);
    }

    public void Session(string address) => Take(_sessions, address);
    public void Post(Visitor visitor) => Take(_posts, KeyOf(visitor));
    public void File(Visitor visitor) => Take(_files, KeyOf(visitor));

    /// <summary>Typing and receipts.</summary>
    public void Signal(Visitor visitor) => Take(_signals, KeyOf(visitor));

    /// <summary>Pages and streams.</summary>
    public void Read(Visitor visitor) => Take(_reads, KeyOf(visitor));

    public void Dispose()
    {
        foreach (var limiter in (PartitionedRateLimiter<string>[])[_sessions, _posts, _signals, _reads, _files]) limiter.Dispose();
    }

    private static string KeyOf(Visitor visitor) => $"{visitor.Account.Id:N}:{visitor.Browser}";

    private static PartitionedRateLimiter<string> Bucket(int perMinute) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, perMinute), TokensPerPeriod = Math.Max(1, perMinute / 6), ReplenishmentPeriod = TimeSpan.FromSeconds(10), AutoReplenishment = true,
        }));

    /// <exception cref="Problem">429 rate_limited.</exception>
    private static void Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired) return;
        throw new Problem(429, "rate_limited", "That was too much at once.", "Wait a few seconds and go on.") { RetryAfter = TimeSpan.FromSeconds(10) };
    }
}
