using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatOperator.Hosting;

/// <summary>Traces, logs and metrics by OTLP, when the standard variable OTEL_EXPORTER_OTLP_ENDPOINT says where to.</summary>
internal static class Telemetry
{
    /// <summary>Name of the sources of our own spans and instruments.</summary>
    public const string Source = "ChatOperator";

    /// <summary>Our own spans.</summary>
    public static readonly ActivitySource Activities = new(Source);

    /// <summary>Our own instruments: what /metrics tells and what leaves by OTLP is measured once.</summary>
    public static readonly Meter Meter = new(Source);

    /// <summary>Limits of a histogram, each so many times the one before.</summary>
    public static double[] Buckets(double first, double factor, int count) => [.. Enumerable.Range(0, count).Select(i => first * Math.Pow(factor, i))];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // Its lines are below what is shown, but while it may write any it makes a span and a scope for each request.
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
            return;
        }
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("chat-operator", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(t => t.AddSource(Source).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithMetrics(m => m.AddMeter(Source).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation())
            .WithLogging(null, l => (l.IncludeFormattedMessage, l.IncludeScopes) = (true, true))
            .UseOtlpExporter();
    }
}
