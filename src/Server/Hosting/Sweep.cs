namespace ChatOperator.Hosting;

/// <summary>
/// Work that is found by looking again and again, because it comes due by the clock or was left over by a crash. One round after the
/// other; a round that fails is logged, and what it left undone is found by the next.
/// </summary>
internal abstract class Sweep(TimeSpan interval, TimeProvider time, ILogger log) : BackgroundService, IHostedLifecycleService
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected TimeProvider Time { get; } = time;

    protected ILogger Log { get; } = log;

    /// <summary>Whether the first round comes as soon as the node listens instead of after the first interval.</summary>
    protected virtual bool LooksAtOnce => false;

    /// <summary>Does what is due now.</summary>
    protected abstract Task RoundAsync(CancellationToken cancel);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything runs: what can wait has let go first what must be there before the node is ready.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, Time);
        await _started.Task.WaitAsync(stoppingToken);
        if (LooksAtOnce) await TryAsync(() => RoundAsync(stoppingToken), "A round", stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(() => RoundAsync(stoppingToken), "A round", stoppingToken);
    }

    /// <summary>Works off what is due, one by one: one that fails keeps none of the others waiting.</summary>
    protected async Task EachAsync<T>(IEnumerable<T> due, Func<T, Task> work, CancellationToken cancel) where T : notnull
    {
        foreach (var one in due) await TryAsync(() => work(one), one, cancel);
    }

    private async Task TryAsync(Func<Task> work, object what, CancellationToken cancel)
    {
        try { await work(); }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Log.LogError(e, "{Sweep}: {What} failed; it is tried again in the next round.", GetType().Name, what);
        }
    }
}
