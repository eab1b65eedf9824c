using ChatOperator.Agents.Turns;
using ChatOperator.Db;

namespace ChatOperator.Traces;

/// <summary>A turn of the agent as steps of a story: what it was given, what happened inside it, what it cost.</summary>
internal static class TellTurn
{
    public static IEnumerable<TraceStep> Of(AgentTurn turn)
    {
        var log = TurnLog.Read(turn.Log);
        yield return new TraceStep(turn.StartedAt, "turn", new("turn_began", "The agent began to think"), TellStory.Detail(
            ("turn_id", turn.Id), ("model", turn.Model), ("agent_version", turn.AgentVersion), ("restarts", turn.Restarts),
            ("lock_version", turn.LockVersion), ("up_to_message", turn.UpToId), ("prompt", log.Prompt.Count > 0 ? log.Prompt : null)));
        foreach (var step in log.Steps) yield return new TraceStep(
            step.At, $"agent_{step.Kind}", step.Code, step.Title, step.Values ?? TraceStep.Nothing, step.Detail ?? TraceStep.Nothing);
        if (turn.EndedAt is not { } ended) yield break;
        yield return new TraceStep(ended, "turn", StepName.TurnEnded(turn.Outcome), TellStory.Detail(
            ("turn_id", turn.Id), ("reason", turn.Reason), ("message_id", turn.MessageId), ("input_tokens", turn.InputTokens),
            ("output_tokens", turn.OutputTokens), ("cost", turn.Cost), ("latency_ms", turn.LatencyMs),
            ("knowledge", log.Knowledge.Count > 0 ? log.Knowledge : null), ("reasoning", log.Reasoning.Length > 0 ? log.Reasoning : null)));
    }
}
