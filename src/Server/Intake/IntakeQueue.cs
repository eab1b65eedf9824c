using System.Threading.Channels;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>
/// Group commit: requests that wait together are written in one transaction, by one writer. Bounded in number and in bytes; whoever does not
/// fit is told to come back, which every network does.
/// </summary>
internal sealed class IntakeQueue(
    IIntakeStore store, IntakeHints hints, AgentDue agents, Databases databases, Listening listening, Settings settings, ILogger<IntakeQueue> log)
    : BackgroundService
{
    private readonly Channel<Arrival> _waiting = Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IntakeSettings _limits = settings.Intake;
    private int _count;

    /// <summary>Webhooks waiting for their commit.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What the bodies of webhooks may take, while they are read and while they wait.</summary>
    public ByteBudget Bytes { get; } = new(settings.Intake.QueueBytes);

    /// <summary>Whether another webhook may be read. What is turned away may be a report that a send waits for.</summary>
    public bool HasRoom
    {
        get
        {
            if (Volatile.Read(ref _count) < _limits.QueueLimit && Bytes.HasRoom) return true;
            listening.Lost("more webhooks came than may wait");
            return false;
        }
    }

    /// <summary>False when full. When true, <see cref="Arrival.Stored"/> tells the end. Its bytes are held by whoever read them.</summary>
    public bool TryEnqueue(Arrival arrival)
    {
        if (Interlocked.Increment(ref _count) <= _limits.QueueLimit && _waiting.Writer.TryWrite(arrival)) return true;
        Interlocked.Decrement(ref _count);
        listening.Lost("more webhooks came than may wait");
        return false;
    }

    /// <summary>
    /// A thread of its own: on SQLite it spends its life in system calls, and in the pool it would be one of the few that answer requests.
    /// </summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Write()
    {
        Thread.CurrentThread.Name = "intake";
        while (_waiting.Reader.WaitToReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult())
        {
            var batch = new List<Arrival>(Math.Min(Count, _limits.BatchLimit) + 1);
            while (batch.Count < _limits.BatchLimit && _waiting.Reader.TryRead(out var arrival)) batch.Add(arrival);
            listening.Until = batch[0].At;
            CommitAsync(batch).GetAwaiter().GetResult();
            // While more wait, the next batch says until when.
            var more = Count > 0;
            databases.Press(more);
            if (!more) listening.Until = null;
            IntakeMetrics.Queued(Count);
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
            listening.Lost("webhooks could not be stored");
            log.LogError(e, "{Count} webhooks could not be stored; their senders will repeat them.", arrivals.Count);
            foreach (var arrival in arrivals) Fail(arrival, e);
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
            Succeed(guilty);
        }
        catch (Exception e)
        {
            log.LogError(e, "Receipt {Receipt} could not even be kept; its sender will repeat it.", guilty.Id);
            Fail(guilty, e);
        }
    }

    private async Task ApplyAsync(IReadOnlyList<Arrival> arrivals)
    {
        var batch = Batch.Plan(arrivals);
        agents.Mark(batch);
        await store.ApplyAsync(batch);
        listening.Heard();
        foreach (var arrival in arrivals) Succeed(arrival);
        // Beside the next commit, not before it.
        ThreadPool.UnsafeQueueUserWorkItem(static told => told.Queue.Tell(told.Batch), (Queue: this, Batch: batch), preferLocal: false);
    }

    /// <summary>What is committed stays so, whoever fails to hear of it.</summary>
    private void Tell(Batch batch)
    {
        try
        {
            hints.After(batch);
            IntakeMetrics.Committed(batch, databases.Time.GetUtcNow());
        }
        catch (Exception e) { log.LogError(e, "A listener failed after a commit."); }
    }

    private void Succeed(Arrival arrival)
    {
        Interlocked.Decrement(ref _count);
        arrival.Succeed();
    }

    private void Fail(Arrival arrival, Exception why)
    {
        Interlocked.Decrement(ref _count);
        arrival.Fail(new IntakeUnavailableException(why));
    }
}

/// <summary>The commit did not happen for a reason outside the webhook; the answer is 503.</summary>
internal sealed class IntakeUnavailableException(Exception why) : Exception("The database cannot be written.", why);
