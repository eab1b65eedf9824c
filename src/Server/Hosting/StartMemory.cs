using System.Runtime;

namespace ChatOperator.Hosting;

/// <summary>
/// Starting leaves tens of megabytes behind that nothing refers to any more: the built model, read configuration, migrations. On a
/// machine with large caches the collector would let them lie until the first busy hour, so they are given back once.
/// </summary>
internal static class StartMemory
{
    /// <summary>Late enough that the first requests are over; the collection stops everything for about a tenth of a second, once.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);

    /// <summary>For a process that is one node; a host that embeds several (the tests') decides for itself.</summary>
    public static void GiveBack(WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Lifetime.ApplicationStarted.Register(() => _ = CollectAsync(time, app.Lifetime.ApplicationStopping));
    }

    private static async Task CollectAsync(TimeProvider time, CancellationToken stopping)
    {
        try { await Task.Delay(After, time, stopping); }
        catch (OperationCanceledException) { return; }
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
