using System.Threading.Channels;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Outbox;

/// <summary>
/// Commits the turns of all lanes of this node together: turns that wait while one commit runs share the next. One writer keeps the order of
/// locks simple and is far from the bottleneck.
/// </summary>
internal sealed class LaneWriter : IAsyncDisposable
{
    private const int BatchLimit = 256;

    private readonly Channel<LaneTurn> _waiting = Channel.CreateUnbounded<LaneTurn>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Databases _databases;
    private readonly ILaneStore _store;
    private readonly AccountDirectory _accounts;
    private readonly TimeSpan _sendTimeout;
    private readonly Task _loop;
    private readonly Listening _listening;

    public LaneWriter(Databases databases, Settings settings, AccountDirectory accounts, Listening listening)
    {
        (_databases, _accounts, _listening) = (databases, accounts, listening);
        _store = databases.Provider == DatabaseProvider.Postgres ? new PostgresLaneStore(settings) : new SqliteLaneStore(databases);
        _sendTimeout = TimeSpan.FromSeconds(settings.Outbox.SendTimeoutSeconds);
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Takes one turn of a lane and waits for its commit.</summary>
    public Task<LaneResult> TurnAsync(LaneTurn turn) =>
        _waiting.Writer.TryWrite(turn) ? turn.Done : throw new ObjectDisposedException(nameof(LaneWriter));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        (_store as IDisposable)?.Dispose();
    }

    private async Task WriteAsync()
    {
        var held = new List<LaneTurn>();
        while (held.Count > 0 || await _waiting.Reader.WaitToReadAsync())
        {
            var batch = Gather(held);
            try
            {
                await RunAsync(batch);
            }
            catch (Exception failure) // Any failure of the batch; each lane tries again by itself, so that one bad row stops only its own lane.
            {
                if (batch.Count == 1) batch[0].Fail(failure);
                else foreach (var turn in batch) await AloneAsync(turn);
            }
        }
    }

    /// <summary>What waits, at most one turn a lane; a second turn of a lane stays for the next commit.</summary>
    private List<LaneTurn> Gather(List<LaneTurn> held)
    {
        var batch = new List<LaneTurn>();
        var lanes = new HashSet<LaneKey>();
        var again = new List<LaneTurn>();
        foreach (var turn in held) (lanes.Add(turn.Key) ? batch : again).Add(turn);
        while (batch.Count < BatchLimit && _waiting.Reader.TryRead(out var turn)) (lanes.Add(turn.Key) ? batch : again).Add(turn);
        held.Clear();
        held.AddRange(again);
        return batch;
    }

    private async Task AloneAsync(LaneTurn turn)
    {
        try { await RunAsync([turn]); }
        catch (Exception failure) { turn.Fail(failure); } // Told to the lane, which waits and tries again.
    }

    private async Task RunAsync(List<LaneTurn> batch)
    {
        foreach (var turn in batch) turn.Reset();
        var now = _databases.Time.Now();
        var lane = new Lane(now, _listening.Since ?? now, _sendTimeout);
        await _store.RunAsync(batch, now, lane.Advance, CancellationToken.None);
        if (batch.Exists(t => t.PauseReason is not null)) _accounts.Invalidate();
        _databases.Announce([.. batch.Where(t => t.Touched.Count > 0).Select(t => t.Key.Tenant).Distinct()]);
        foreach (var turn in batch) turn.Complete();
    }
}
