using ChatOperator.Hosting;

namespace ChatOperator.Outbox;

/// <summary>
/// Since when reports of the networks can be expected to reach this installation. Silence about a send means something only from then on:
/// while a server is down, frozen, or a neighbour that a balancer still sends webhooks to is dead, reports wait at the network.
/// </summary>
internal sealed class Listening(TimeProvider time, ISiloStatusOracle nodes, IHostApplicationLifetime node, ILogger<Listening> log)
    : BackgroundService, ISiloStatusListener
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>A process that misses its own beat for so long was frozen, or so short of processor time that it heard nothing either.</summary>
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(2.5);

    private readonly HashSet<SiloAddress> _leaving = [];
    private readonly Lock _lock = new();
    private DateTimeOffset? _since;
    private long _beat = TimeProvider.System.GetTimestamp();
    private long _reading;
    private bool _isDeaf;

    /// <summary>Null: not listening yet, or no longer. Looks at the beat itself, so that a thawed process is not asked before it knows.</summary>
    public DateTimeOffset? Since
    {
        get
        {
            CheckBeat();
            return Volatile.Read(ref _isDeaf) ? null : _since;
        }
    }

    /// <summary>When what is being read now came; null: all that came is known. What came later may be a report that somebody waits for.</summary>
    public DateTimeOffset? Until
    {
        get => Volatile.Read(ref _reading) is var ms && ms == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(ms);
        set => Volatile.Write(ref _reading, value?.ToUnixTimeMilliseconds() ?? 0);
    }

    /// <summary>Something that a network told us could not be kept; it will tell it again, at its own pace.</summary>
    public void Lost(string why)
    {
        lock (_lock)
        {
            if (_isDeaf) return;
            _isDeaf = true;
        }
        log.LogWarning("Silence about sends does not count: {Why}.", why);
    }

    /// <summary>Something was kept: what networks tell is heard again.</summary>
    public void Heard()
    {
        if (!Volatile.Read(ref _isDeaf)) return;
        lock (_lock) _isDeaf = false;
        Restart("what networks tell can be kept again");
    }

    /// <summary>A node that says goodbye leaves nothing unheard; one that is declared dead may have held reports back for a while.</summary>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        lock (_leaving)
        {
            if (status is SiloStatus.ShuttingDown or SiloStatus.Stopping) _leaving.Add(updatedSilo);
            if (status != SiloStatus.Dead || _leaving.Remove(updatedSilo) || updatedSilo.Equals(nodes.SiloAddress)) return;
        }
        Restart($"node {updatedSilo} was lost");
    }

    /// <remarks>Watches by the machine's clock: a moved clock of ours is no freeze.</remarks>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var started = node.ApplicationStarted.Register(() =>
        {
            Volatile.Write(ref _beat, TimeProvider.System.GetTimestamp());
            _since = time.Now();
        });
        nodes.SubscribeToSiloStatusEvents(this);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            CheckBeat();
            Volatile.Write(ref _beat, TimeProvider.System.GetTimestamp());
        }
        nodes.UnSubscribeFromSiloStatusEvents(this);
    }

    private void CheckBeat()
    {
        TimeSpan gap;
        lock (_lock)
        {
            gap = TimeProvider.System.GetElapsedTime(_beat);
            if (gap <= LongestGap || _since is null) return;
            _beat = TimeProvider.System.GetTimestamp();
        }
        Restart($"this process stood still for {gap.TotalSeconds:0.0} s");
    }

    private void Restart(string why)
    {
        log.LogWarning("Silence about sends counts from now on only: {Why}.", why);
        _since = time.Now();
    }
}
