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

    public static void Refused(string channel, string why) => Refusals.WithLabels(channel, why).Inc();

    public static void Committed(Batch batch, int waiting)
    {
        Commits.Inc();
        Waiting.Set(waiting);
        foreach (var arrival in batch.Arrivals)
        {
            var channel = arrival.Hook.Row.Channel;
            foreach (var item in arrival.Items) Items.WithLabels(channel, Word.Of(item.Verdict)).Inc();
            if (Receipts.LagMs(arrival) is { } lag) Lag.WithLabels(channel).Observe(lag / 1000.0);
        }
    }
}
