using ChatOperator.Conversations;
using System.Threading.Channels;

namespace ChatOperator.Outbox;

/// <summary>Turns that wait for a commit. Accounts take turns among themselves, so that a campaign's thousands hold up nobody else's answer.</summary>
internal sealed class TurnQueue
{
    private readonly Channel<LaneTurn> _arriving = Channel.CreateUnbounded<LaneTurn>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<Guid, Queue<LaneTurn>> _waiting = [];
    private readonly Queue<Guid> _next = [];

    /// <summary>False: closed.</summary>
    public bool TryAdd(LaneTurn turn) => _arriving.Writer.TryWrite(turn);

    public void Close() => _arriving.Writer.TryComplete();

    /// <summary>The next turns, at most one a lane; a second turn of a lane stays for the next commit. Null: closed, and none is left.</summary>
    public async Task<List<LaneTurn>?> TakeAsync(int most)
    {
        if (_waiting.Count == 0 && !await _arriving.Reader.WaitToReadAsync()) return null;
        while (_arriving.Reader.TryRead(out var turn)) Add(turn);
        List<LaneTurn> taken = [], again = [];
        var lanes = new HashSet<ConversationKey>();
        while (taken.Count < most && _next.TryDequeue(out var account))
        {
            var turns = _waiting[account];
            var turn = turns.Dequeue();
            (lanes.Add(turn.Key) ? taken : again).Add(turn);
            if (turns.Count > 0) _next.Enqueue(account);
            else _waiting.Remove(account);
        }
        again.ForEach(Add);
        return taken;
    }

    private void Add(LaneTurn turn)
    {
        var account = turn.Account?.Id ?? Guid.Empty;
        if (!_waiting.TryGetValue(account, out var turns))
        {
            _waiting.Add(account, turns = new Queue<LaneTurn>());
            _next.Enqueue(account);
        }
        turns.Enqueue(turn);
    }
}
