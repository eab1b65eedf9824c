using System.Collections.Concurrent;
using ChatOperator.Db;

namespace ChatOperator.Changes;

/// <summary>The feeds of this node, by tenant.</summary>
internal sealed class ChangeFeeds : IDisposable
{
    private readonly Databases _databases;
    private readonly ChangeLog _log;
    private readonly ILogger<ChangeFeeds> _logger;
    private readonly ConcurrentDictionary<Guid, ChangeFeed> _feeds = new();

    public ChangeFeeds(Databases databases, ChangeLog log, ILogger<ChangeFeeds> logger)
    {
        (_databases, _log, _logger) = (databases, log, logger);
        databases.Committed += Hint;
    }

    public ChangeFeed Of(Guid tenant) => _feeds.GetOrAdd(tenant, id => new ChangeFeed(id, _databases, _log, _logger));

    /// <summary>These tenants may have something new. Tenants nobody listens to cost a look-up.</summary>
    public void Hint(IReadOnlyCollection<Guid> tenants)
    {
        foreach (var tenant in tenants)
            if (_feeds.TryGetValue(tenant, out var feed)) feed.Hint();
    }

    public void Dispose()
    {
        _databases.Committed -= Hint;
        foreach (var feed in _feeds.Values) feed.Dispose();
    }
}
