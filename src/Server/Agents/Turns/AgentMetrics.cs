using System.Diagnostics.Metrics;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Turns;

/// <summary>What the agents tell the outside world about themselves. Dots are underscores in /metrics, counters end in _total there.</summary>
internal static class AgentMetrics
{
    private static readonly Counter<long> Turns = Telemetry.Meter.CreateCounter<long>("chatoperator.agent.turns", description: "Turns of agents.");

    private static readonly Counter<long> Silences = Telemetry.Meter.CreateCounter<long>(
        "chatoperator.agent.silences", description: "Conversations an agent was woken for and left alone.");

    private static readonly Counter<long> Tokens = Telemetry.Meter.CreateCounter<long>("chatoperator.agent.tokens", description: "Tokens of models.");

    private static readonly Histogram<double> Latency = Telemetry.Meter.CreateHistogram(
        "chatoperator.agent.turn", "s", "From the beginning of a turn to its end.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Telemetry.Buckets(0.05, 2.5, 9) });

    public static void Left(string why) => Silences.Add(1, new KeyValuePair<string, object?>("why", why));

    public static void Ended(TurnOutcome outcome, TurnRecord record, int ms)
    {
        Turns.Add(1, new KeyValuePair<string, object?>("outcome", Word.Of(outcome)));
        Tokens.Add(record.InputTokens, new KeyValuePair<string, object?>("direction", "input"));
        Tokens.Add(record.OutputTokens, new KeyValuePair<string, object?>("direction", "output"));
        Latency.Record(ms / 1000.0);
    }
}
