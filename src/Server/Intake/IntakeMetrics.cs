using System.Diagnostics.Metrics;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Intake;

/// <summary>What the intake tells the outside world about itself. Dots are underscores in /metrics, counters end in _total there.</summary>
internal static class IntakeMetrics
{
    private static readonly Counter<long> Refusals = Telemetry.Meter.CreateCounter<long>(
        "chatoperator.webhooks.refused", description: "Webhooks answered with an error.");

    private static readonly Counter<long> Items = Telemetry.Meter.CreateCounter<long>("chatoperator.intake.items", description: "Items of stored webhooks.");

    private static readonly Counter<long> Commits = Telemetry.Meter.CreateCounter<long>("chatoperator.intake.commits", description: "Group commits.");

    private static readonly Gauge<int> Waiting = Telemetry.Meter.CreateGauge<int>("chatoperator.intake.queue", description: "Webhooks waiting for their commit.");

    private static readonly Histogram<double> Lag = Telemetry.Meter.CreateHistogram(
        "chatoperator.intake.lag", "s", "From the network's time of a message to its commit.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Telemetry.Buckets(0.1, 3, 12) });

    /// <param name="channel">Null when the address names no channel of this build: strangers invent as many as they like.</param>
    public static void Refused(string? channel, string why) => Refusals.Add(1, new("channel", channel ?? "unknown"), new("why", why));

    public static void Queued(int waiting) => Waiting.Record(waiting);

    public static void Committed(Batch batch, DateTimeOffset now)
    {
        Commits.Add(1);
        var items = new Dictionary<(string Channel, Verdict), long>();
        foreach (var arrival in batch.Arrivals)
        {
            var channel = arrival.Hook.Row.Channel;
            foreach (var item in arrival.Items) items[(channel, item.Verdict)] = items.GetValueOrDefault((channel, item.Verdict)) + 1;
            if (arrival.Replays is null && Receipts.ToldAt(arrival) is { } told) Lag.Record(Math.Max(0, (now - told).TotalSeconds), new KeyValuePair<string, object?>("channel", channel));
        }
        foreach (var ((channel, verdict), count) in items) Items.Add(count, new("channel", channel), new("verdict", Word.Of(verdict)));
    }
}
