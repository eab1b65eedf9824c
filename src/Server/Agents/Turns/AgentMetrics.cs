using ChatOperator.Db;
using Prometheus;

namespace ChatOperator.Agents.Turns;

/// <summary>What the agents tell the outside world about themselves.</summary>
internal static class AgentMetrics
{
    private static readonly Counter Turns = Metrics.CreateCounter("chatoperator_agent_turns_total", "Turns of agents.", "outcome");

    private static readonly Counter Silences = Metrics.CreateCounter(
        "chatoperator_agent_silences_total", "Conversations an agent was woken for and left alone.", "why");

    private static readonly Counter Tokens = Metrics.CreateCounter("chatoperator_agent_tokens_total", "Tokens of models.", "direction");

    private static readonly Histogram Latency = Metrics.CreateHistogram(
        "chatoperator_agent_turn_seconds", "From the beginning of a turn to its end.",
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.05, 2.5, 9) });

    public static void Left(string why) => Silences.WithLabels(why).Inc();

    public static void Ended(TurnOutcome outcome, TurnRecord record, int ms)
    {
        Turns.WithLabels(Word.Of(outcome)).Inc();
        Tokens.WithLabels("input").Inc(record.InputTokens);
        Tokens.WithLabels("output").Inc(record.OutputTokens);
        Latency.Observe(ms / 1000.0);
    }
}
