namespace ChatOperator.Agents.Turns;

/// <summary>
/// A bounded number of places that tenants share: each may hold at most twice as many as are still free, so that none can take the last
/// ones. Alone a tenant gets two thirds; the more are busy, the less each can take. Places that become free go to whoever has the fewest.
/// </summary>
internal sealed class Room(int places)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, int> _held = [];
    private readonly Dictionary<Guid, LinkedList<TaskCompletionSource<IDisposable>>> _waiting = [];
    private int _free = places;

    /// <summary>Waits for a place; disposing what it returns gives the place back.</summary>
    public async Task<IDisposable> EnterAsync(Guid tenant, CancellationToken cancel)
    {
        LinkedListNode<TaskCompletionSource<IDisposable>> node;
        lock (_gate)
        {
            cancel.ThrowIfCancellationRequested();
            if (MayEnter(tenant) && !_waiting.ContainsKey(tenant)) return Take(tenant);
            if (!_waiting.TryGetValue(tenant, out var line)) _waiting[tenant] = line = [];
            node = line.AddLast(new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var giveUp = cancel.UnsafeRegister(_ => GiveUp(tenant, node, cancel), null);
        return await node.Value.Task;
    }

    private bool MayEnter(Guid tenant) => _free > 0 && _held.GetValueOrDefault(tenant) < 2 * _free;

    private Place Take(Guid tenant)
    {
        _free--;
        _held[tenant] = _held.GetValueOrDefault(tenant) + 1;
        return new Place(this, tenant);
    }

    private void Leave(Guid tenant)
    {
        lock (_gate)
        {
            _free++;
            if (--_held[tenant] == 0) _held.Remove(tenant);
            while (_waiting.Count > 0 && _waiting.Keys.Where(MayEnter).Cast<Guid?>().MinBy(t => _held.GetValueOrDefault(t!.Value)) is { } next)
            {
                var first = _waiting[next].First!;
                Remove(next, first);
                first.Value.SetResult(Take(next));
            }
        }
    }

    private void GiveUp(Guid tenant, LinkedListNode<TaskCompletionSource<IDisposable>> node, CancellationToken cancel)
    {
        lock (_gate)
        {
            // It was given a place at this very moment: whoever waits will give it back.
            if (node.List is null) return;
            Remove(tenant, node);
        }
        node.Value.SetCanceled(cancel);
    }

    private void Remove(Guid tenant, LinkedListNode<TaskCompletionSource<IDisposable>> node)
    {
        _waiting[tenant].Remove(node);
        if (_waiting[tenant].Count == 0) _waiting.Remove(tenant);
    }

    private sealed class Place(Room room, Guid tenant) : IDisposable
    {
        public void Dispose() => room.Leave(tenant);
    }
}
