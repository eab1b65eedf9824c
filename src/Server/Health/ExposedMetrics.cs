using OpenTelemetry.Metrics;

namespace ChatOperator.Health;

/// <summary>
/// What /metrics tells: our own counters, the runtime's, the web server's connections and the database pool's. Of what else these libraries
/// measure nothing is counted: each would cost time with every webhook, for hundreds of lines nobody reads. Where OTLP is configured, the
/// requests that leave by it stand here too.
/// </summary>
internal static class ExposedMetrics
{
    private static readonly string[] Whole = [Hosting.Telemetry.Source, "System.Runtime", "Npgsql"];
    private static readonly string[] InPart = ["Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans"];
    private static readonly string[] Instruments = ["kestrel.active_connections", "kestrel.queued_connections", "orleans-catalog-activations"];

    public static void AddExposedMetrics(this IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter([.. Whole, .. InPart])
            .AddView(i => InPart.Contains(i.Meter.Name) && !Instruments.Contains(i.Name) ? MetricStreamConfiguration.Drop : null)
            .AddPrometheusExporter(exposed =>
            {
                // Who asks is told of this moment, and names stay short.
                exposed.ScrapeResponseCacheDurationMilliseconds = 0;
                exposed.ScopeInfoEnabled = exposed.TargetInfoEnabled = false;
            }));
}
