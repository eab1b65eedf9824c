using System.Threading.Channels;
using ChatOperator.Hosting;

namespace ChatOperator.Intake;

/// <summary>
/// Group commit: requests that wait together are written in one transaction, by one writer. Bounded in number and in bytes; who does not
/// fit is told to come back, which every network does.
/// </summary>
internal sealed class IntakeQueue(IIntakeStore store, IntakeHints hints, AgentDue agents, Settings settings, ILogger<IntakeQueue> log)
    : BackgroundService
{
    private readonly Channel<Arrival> _waiting = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IntakeSettings _limits = settings.Intake;
    private int _count;
    private long _bytes;

    /// <summary>Webhooks waiting for their commit.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether another webhook may be read.</summary>
    public bool HasRoom => Volatile.Read(ref _count) < _limits.QueueLimit && Volatile.Read(ref _bytes) < _limits.QueueBytes;

    /// <summary>False when full. When true, <see cref="Arrival.Stored"/> tells the end.</summary>
    public bool TryEnqueue(Arrival arrival)
    {
        var fits = Interlocked.Increment(ref _count) <= _limits.QueueLimit;
        fits &= Interlocked.Add(ref _bytes, arrival.Body.Length) <= _limits.QueueBytes + arrival.Body.Length;
        if (fits && _waiting.Writer.TryWrite(arrival)) return true;
        Leave(arrival);
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Arrival>(_limits.BatchLimit);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < _limits.BatchLimit && _waiting.Reader.TryRead(out var arrival)) batch.Add(arrival);
            await CommitAsync(batch);
            foreach (var arrival in batch) Leave(arrival);
            batch.Clear();
        }
    }

    /// <summary>What was accepted before the stop is written before the end.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } writing) await writing.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task CommitAsync(IReadOnlyList<Arrival> arrivals)
    {
        try
        {
            await ApplyAsync(arrivals);
        }
        catch (Exception e) when (store.IsDataError(e))
        {
            await IsolateAsync(arrivals, e);
        }
        catch (Exception e)
        {
            // Disk full, connection lost…: nobody's fault in here. The networks repeat all of them.
            log.LogError(e, "{Count} webhooks could not be stored; their senders will repeat them.", arrivals.Count);
            foreach (var arrival in arrivals) arrival.Fail(new IntakeUnavailableException(e));
        }
    }

    /// <summary>Halves a batch that fails for its data until the guilty receipt stands alone; the others are applied.</summary>
    private async Task IsolateAsync(IReadOnlyList<Arrival> arrivals, Exception why)
    {
        if (arrivals.Count > 1)
        {
            await CommitAsync([.. arrivals.Take(arrivals.Count / 2)]);
            await CommitAsync([.. arrivals.Skip(arrivals.Count / 2)]);
            return;
        }
        var guilty = arrivals[0];
        using var scope = Correlation.Begin(log, "intake.isolate", guilty.Id);
        log.LogError(why, "Receipt {Receipt} cannot be applied and is kept as failed.", guilty.Id);
        try
        {
            await store.KeepAsFailedAsync(guilty, why.Message);
            guilty.Succeed();
        }
        catch (Exception e)
        {
            log.LogError(e, "Receipt {Receipt} could not even be kept; its sender will repeat it.", guilty.Id);
            guilty.Fail(new IntakeUnavailableException(e));
        }
    }

    private async Task ApplyAsync(IReadOnlyList<Arrival> arrivals)
    {
        var batch = Batch.Plan(arrivals);
        agents.Mark(batch);
        await store.ApplyAsync(batch);
        foreach (var arrival in arrivals) arrival.Succeed();
        Tell(batch);
    }

    /// <summary>What is committed stays so, whoever fails to hear of it.</summary>
    private void Tell(Batch batch)
    {
        try
        {
            IntakeMetrics.Committed(batch, Count);
            hints.After(batch);
        }
        catch (Exception e) { log.LogError(e, "A listener failed after a commit."); }
    }

    private void Leave(Arrival arrival)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -arrival.Body.Length);
    }
}

/// <summary>The commit did not happen for a reason outside the webhook; the answer is 503.</summary>
internal sealed class IntakeUnavailableException(Exception why) : Exception("The database cannot be written.", why);
