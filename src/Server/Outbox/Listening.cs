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
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(5);

    private readonly HashSet<SiloAddress> _leaving = [];
    private DateTimeOffset? _since;

    /// <summary>Null: not listening yet.</summary>
    public DateTimeOffset? Since => _since;

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
        using var started = node.ApplicationStarted.Register(() => _since = time.Now());
        nodes.SubscribeToSiloStatusEvents(this);
        var last = TimeProvider.System.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Beat, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var gap = TimeProvider.System.GetElapsedTime(last);
            last = TimeProvider.System.GetTimestamp();
            if (gap > LongestGap) Restart($"this process stood still for {gap.TotalSeconds:0} s");
        }
        nodes.UnSubscribeFromSiloStatusEvents(this);
    }

    private void Restart(string why)
    {
        log.LogWarning("Silence about sends counts from now on only: {Why}.", why);
        _since = time.Now();
    }
}
