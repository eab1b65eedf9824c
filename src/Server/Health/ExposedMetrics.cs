using Prometheus;

namespace ChatOperator.Health;

/// <summary>
/// What /metrics tells: our own counters, the runtime's, the web server's connections and the database pool's. Everything else that
/// libraries measure stays out of it: each would cost time with every webhook, for hundreds of lines nobody reads. OpenTelemetry
/// exports the rest to whoever configures it.
/// </summary>
internal static class ExposedMetrics
{
    private static readonly string[] Meters = [Hosting.Telemetry.Source, "System.Runtime", "Npgsql"];
    private static readonly string[] Instruments = ["kestrel.active_connections", "kestrel.queued_connections", "orleans-catalog-activations"];

    /// <summary>To be called before anything is measured.</summary>
    public static void Choose()
    {
        Metrics.SuppressDefaultMetrics(new SuppressDefaultMetricOptions { SuppressEventCounters = true, SuppressDebugMetrics = true });
        Metrics.ConfigureMeterAdapter(adapter =>
            adapter.InstrumentFilterPredicate = i => Meters.Contains(i.Meter.Name) || Instruments.Contains(i.Name));
    }
}
