using System.Collections.Concurrent;
using ChatOperator.Db;
using Prometheus;

namespace ChatOperator.Intake;

/// <summary>What the intake tells the outside world about itself.</summary>
internal static class IntakeMetrics
{
    private static readonly Counter Refusals = Metrics.CreateCounter(
        "chatoperator_webhooks_refused_total", "Webhooks answered with an error.", "channel", "why");

    private static readonly Counter Items = Metrics.CreateCounter(
        "chatoperator_intake_items_total", "Items of stored webhooks.", "channel", "verdict");

    private static readonly Counter Commits = Metrics.CreateCounter("chatoperator_intake_commits_total", "Group commits.");

    private static readonly Gauge Waiting = Metrics.CreateGauge("chatoperator_intake_queue", "Webhooks waiting for their commit.");

    private static readonly Histogram Lag = Metrics.CreateHistogram(
        "chatoperator_intake_lag_seconds", "From the network's time of a message to its commit.",
        new HistogramConfiguration { LabelNames = ["channel"], Buckets = Histogram.ExponentialBuckets(0.1, 3, 12) });

    /// <summary>Looking a label up costs more than counting.</summary>
    private static readonly ConcurrentDictionary<(string Channel, Verdict Verdict), Counter.Child> ItemsOf = new();
    private static readonly ConcurrentDictionary<string, Histogram.Child> LagOf = new();

    /// <param name="channel">Null when the address names no channel of this build: strangers invent as many as they like.</param>
    public static void Refused(string? channel, string why) => Refusals.WithLabels(channel ?? "unknown", why).Inc();

    public static void Queued(int waiting) => Waiting.Set(waiting);

    public static void Committed(Batch batch, DateTimeOffset now)
    {
        Commits.Inc();
        foreach (var arrival in batch.Arrivals)
        {
            var channel = arrival.Hook.Row.Channel;
            foreach (var item in arrival.Items)
                ItemsOf.GetOrAdd((channel, item.Verdict), static key => Items.WithLabels(key.Channel, Word.Of(key.Verdict))).Inc();
            if (arrival.Replays is null && Receipts.ToldAt(arrival) is { } told)
                LagOf.GetOrAdd(channel, static key => Lag.WithLabels(key)).Observe(Math.Max(0, (now - told).TotalSeconds));
        }
    }
}
