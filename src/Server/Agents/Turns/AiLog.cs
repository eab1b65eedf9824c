using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>How the agent came to an answer.</summary>
/// <param name="Reasoning">The model's own account of its thinking, where it gives one; else "".</param>
/// <param name="Model">"" for an answer from the knowledge alone.</param>
/// <param name="Cost">In the currency of the model's prices; null when they are not set.</param>
/// <param name="Reason">Why it failed or said nothing, as a stable word.</param>
public sealed record AiLog(
    Guid CorrelationId, string Reasoning, IReadOnlyList<ToolUse> ToolsUsed, IReadOnlyList<PromptLine> Prompt, string Model, TokenCount Tokens,
    decimal? Cost, int LatencyMs, int AgentVersion, TurnOutcome Outcome, string? Reason, IReadOnlyList<KnowledgeUse> Knowledge,
    IReadOnlyList<TurnStep> Steps, DateTimeOffset StartedAt, Guid? ConversationId, long? MessageId, int Restarts)
{
    internal static AiLog Of(AgentTurn turn)
    {
        var log = TurnLog.Read(turn.Log);
        return new AiLog(
            turn.Id, log.Reasoning, log.ToolsUsed, log.Prompt, turn.Model,
            new TokenCount(turn.InputTokens, turn.OutputTokens, turn.InputTokens + turn.OutputTokens), turn.Cost, turn.LatencyMs, turn.AgentVersion,
            turn.Outcome, turn.Reason, log.Knowledge, log.Steps, turn.StartedAt, turn.ConversationId == Guid.Empty ? null : turn.ConversationId,
            turn.MessageId, turn.Restarts);
    }

    /// <summary>The turn of this id, or the one that thought about a message; null: there is none, or it is no longer kept.</summary>
    internal static async Task<AgentTurn?> FindAsync(AppDb db, Guid turn, CancellationToken cancel) =>
        await db.AgentTurns.AsNoTracking().SingleOrDefaultAsync(t => t.Id == turn, cancel);
}

/// <summary>What a turn used.</summary>
public sealed record TokenCount(long Input, long Output, long Total);
