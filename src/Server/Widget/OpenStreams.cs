using System.Collections.Concurrent;

namespace ChatOperator.Widget;

/// <summary>Counts the streams that are open at this moment: each holds a connection and a listener for as long as a page is looked at.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> _open = new();

    /// <summary>One more, until it is disposed of.</summary>
    /// <exception cref="Hosting.Problem">429 rate_limited: there are as many as there may be.</exception>
    public IDisposable Open(string key, int most)
    {
        if (_open.AddOrUpdate(key, 1, (_, n) => n + 1) <= most) return new Lease(this, key);
        Close(key);
        throw WidgetLimits.TooMuch();
    }

    private void Close(string key)
    {
        // Removed only while nobody else counts it up.
        if (_open.AddOrUpdate(key, 0, (_, n) => n - 1) <= 0) _open.TryRemove(new KeyValuePair<string, int>(key, 0));
    }

    private sealed class Lease(OpenStreams streams, string key) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) streams.Close(key);
        }
    }
}
