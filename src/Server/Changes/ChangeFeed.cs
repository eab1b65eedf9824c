using ChatOperator.Db;

namespace ChatOperator.Changes;

/// <summary>
/// One tenant's changes on this node, read once for all who listen. A hint makes it look at once; a look each second finds what a lost
/// hint, or another node's write, would have told.
/// </summary>
internal sealed class ChangeFeed(Guid tenant, Databases databases, ChangeLog log, ILogger logger) : IDisposable
{
    private const int Batch = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _door = new();
    private readonly List<ChangeListener> _listeners = [];
    private readonly SemaphoreSlim _hint = new(0, 1);
    private ChangeCursor? _place;
    private bool _running;

    /// <summary>There may be something new.</summary>
    public void Hint()
    {
        // One pending hint says as much as many.
        lock (_hint)
            if (_hint.CurrentCount == 0) _hint.Release();
    }

    /// <summary>Starts to collect for a listener everything after the place returned.</summary>
    public async Task<ChangeCursor> JoinAsync(ChangeListener listener, CancellationToken cancel)
    {
        await using var db = databases.For(tenant);
        var head = await log.HeadAsync(db, cancel);
        lock (_door)
        {
            // What the others have not heard yet, the new one hears too: it may hear a change twice, but misses none.
            var place = _place ??= head;
            _listeners.Add(listener);
            if (!_running) (_running, _) = (true, Task.Run(RunAsync, CancellationToken.None));
            return place;
        }
    }

    public void Leave(ChangeListener listener)
    {
        lock (_door) _listeners.Remove(listener);
    }

    public void Dispose() => _hint.Dispose();

    private async Task RunAsync()
    {
        while (true)
        {
            await _hint.WaitAsync(Interval);
            lock (_door)
            {
                if (_listeners.Count == 0)
                {
                    (_running, _place) = (false, null);
                    return;
                }
            }
            // The database may be away for a while; the place stays, and the next look continues from it.
            try { while (await LookAsync() == Batch) { } }
            catch (Exception e) { logger.LogWarning(e, "The changes of a tenant cannot be read at the moment."); }
        }
    }

    private async Task<int> LookAsync()
    {
        await using var db = databases.For(tenant);
        var changes = await log.ReadAsync(db, tenant, _place!.Value, Batch);
        if (changes.Count == 0) return 0;
        lock (_door)
        {
            foreach (var listener in _listeners)
                foreach (var change in changes) listener.Tell(change);
            _place = log.At(changes[^1]);
        }
        return changes.Count;
    }
}
