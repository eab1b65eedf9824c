using ChatOperator.Conversations;
using Orleans.Concurrency;
using Orleans.Placement;

namespace ChatOperator.Agents.Turns;

/// <summary>A conversation's agent. The grain keeps time and turn, so that it thinks once at a time; what it may say is decided by the database.</summary>
internal interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Something new arrived: a running turn is given up for one that knows it too.</summary>
    /// <param name="message">Its number: a turn that knows it already goes on, however late this is heard.</param>
    /// <param name="due">When to look at it, if nothing follows.</param>
    /// <param name="by">When to look at the latest. Of several messages the first one's counts.</param>
    [OneWay]
    Task HearAsync(long message, DateTimeOffset due, DateTimeOffset by);

    /// <summary>Look at the conversation now.</summary>
    [OneWay]
    Task WakeAsync();

    /// <summary>The conversation changed hands: a running turn is over.</summary>
    [OneWay]
    Task HolderChangedAsync();

    /// <summary>Stops a running turn and waits for its end. False: none was running.</summary>
    Task<bool> StopAsync();
}

/// <inheritdoc/>
[HashBasedPlacement]
internal sealed class AgentGrain(TurnCycle cycle, TimeProvider time, IHostApplicationLifetime node, ILogger<AgentGrain> log) : Grain, IAgentGrain, IDisposable
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    /// <summary>Waiting longer than this is left to the sweep.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _turnEnd = new();
    private Action? _endNap;
    private Thought? _thought;
    private DateTimeOffset? _due;
    private DateTimeOffset? _by;
    private int _restarts;

    private bool Stopping => _stopping.IsCancellationRequested || node.ApplicationStopping.IsCancellationRequested;

    /// <inheritdoc/>
    public Task HearAsync(long message, DateTimeOffset due, DateTimeOffset by)
    {
        if (message <= _thought?.UpToId) return Task.CompletedTask;
        _by ??= by;
        if (_thought is { UpToId: 0 } beginning)
        {
            // It may be reading it at this moment.
            beginning.Heard = Math.Max(beginning.Heard, message);
            return Task.CompletedTask;
        }
        if (_thought is { MayRestart: true } thought) thought.Cancel();
        Plan(due < _by ? due : _by.Value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WakeAsync()
    {
        // While it thinks or waits for its time there is nothing to tell it.
        if (_thought is null && !(_due > time.GetUtcNow())) Plan(time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HolderChangedAsync()
    {
        _thought?.Cancel();
        Plan(time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<bool> StopAsync()
    {
        if (_thought is not { } thought) return false;
        var end = _turnEnd.Task;
        thought.Cancel();
        await end;
        return true;
    }

    /// <summary>A thinking turn is broken off: it has said nothing, and another node begins anew.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _endNap?.Invoke();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public void Dispose()
    {
        _thought?.Dispose();
        _stopping.Dispose();
    }

    private void Plan(DateTimeOffset due)
    {
        _due = due;
        _endNap?.Invoke();
        if (_running.IsCompleted && !Stopping) _running = RunAsync();
    }

    private async Task RunAsync()
    {
        while (_due is { } due && !Stopping)
        {
            if (due - time.GetUtcNow() is { Ticks: > 0 } wait)
            {
                if (wait > LongestNap) return;
                await NapAsync(wait);
                continue;
            }
            _due = null;
            await TurnAsync();
        }
    }

    private async Task TurnAsync()
    {
        using var thought = _thought = new Thought(_restarts, _stopping.Token);
        _turnEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var next = await cycle.RunAsync(ConversationKey.Parse(this.GetPrimaryKeyString()), thought, _by <= time.GetUtcNow());
            _restarts = next.Restarts;
            if (!next.IsWaiting) _by = null;
            // What was planned while it thought is later than what the row said, and just as good.
            _due ??= next.DueAt > _by ? _by : next.DueAt;
        }
        catch (OperationCanceledException) when (!Stopping && thought.Cancelled.IsCancellationRequested) // Before it had begun: it looks again.
        {
            _due ??= time.GetUtcNow();
        }
        catch (Exception failure) when (!Stopping) // The database is in trouble: what is due stays due.
        {
            log.LogWarning(failure, "The agent's turn in {Conversation} could not be made; it tries again.", this.GetPrimaryKeyString());
            _due = time.GetUtcNow() + AfterTrouble;
        }
        catch (Exception failure) // The node stops; another one finds what is due.
        {
            log.LogDebug(failure, "The agent's turn in {Conversation} was broken off.", this.GetPrimaryKeyString());
        }
        finally
        {
            _thought = null;
            _turnEnd.TrySetResult();
        }
    }

    private async Task NapAsync(TimeSpan wait)
    {
        using var nap = new CancellationTokenSource();
        _endNap = nap.Cancel;
        // Times are kept in whole milliseconds: one more, and the turn finds its time come.
        await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, nap.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _endNap = null;
    }
}
