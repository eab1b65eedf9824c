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

    private readonly TurnQueue _waiting = new();
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
        _waiting.TryAdd(turn) ? turn.Done : throw new ObjectDisposedException(nameof(LaneWriter));

    public async ValueTask DisposeAsync()
    {
        _waiting.Close();
        await _loop;
        (_store as IDisposable)?.Dispose();
    }

    private async Task WriteAsync()
    {
        while (await _waiting.TakeAsync(BatchLimit) is { } batch)
        {
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

    private async Task AloneAsync(LaneTurn turn)
    {
        try { await RunAsync([turn]); }
        catch (Exception failure) { turn.Fail(failure); } // Told to the lane, which waits and tries again.
    }

    private async Task RunAsync(List<LaneTurn> batch)
    {
        foreach (var turn in batch) turn.Reset();
        var now = _databases.Time.Now();
        Lane? lane = null;
        // The rows may have been waited for: a claim begins once they are locked, and what was decided before it began before it.
        void Advance(LaneTurn turn) => (lane ??= new Lane(now, _databases.Time.Now(), _listening.Until ?? now, _listening.Since ?? now, _sendTimeout)).Advance(turn);
        try { await _store.RunAsync(batch, now, Advance, CancellationToken.None); }
        catch (Exception failure) when (StoreFailures.Of(failure) == StoreFailure.Outage && !failure.IsCollision())
        {
            // Where turns cannot be written, webhooks cannot be either.
            _listening.Lost("sends could not be recorded");
            throw;
        }
        _listening.Heard();
        if (batch.Exists(t => t.PauseReason is not null)) _accounts.Invalidate();
        _databases.Announce([.. batch.Where(t => t.Told.Count > 0 || t.PauseReason is not null).Select(t => t.Key.Tenant).Distinct()]);
        foreach (var turn in batch) turn.Complete();
    }
}
