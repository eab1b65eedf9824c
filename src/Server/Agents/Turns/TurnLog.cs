using System.Text.Json;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Agents.Turns;

/// <summary>What happened inside a turn, kept with it for as long as the tenant keeps traces.</summary>
/// <param name="Reasoning">The model's own account of its thinking, where it gives one; else "".</param>
/// <param name="Prompt">What the model was first given.</param>
internal sealed record TurnLog(
    string Reasoning, IReadOnlyList<PromptLine> Prompt, IReadOnlyList<ToolUse> ToolsUsed, IReadOnlyList<KnowledgeUse> Knowledge, IReadOnlyList<TurnStep> Steps)
{
    public static readonly TurnLog Empty = new("", [], [], [], []);

    /// <summary>In the step of a tool: which of <see cref="ToolsUsed"/> it was. Results can be long, so they are kept once.</summary>
    public const string Use = "use";

    public static TurnLog Read(string? json)
    {
        if (json is null) return Empty;
        var log = JsonSerializer.Deserialize<TurnLog>(json, Json.Options)!;
        return log with { Steps = [.. log.Steps.Select(log.Whole)] };
    }

    private TurnStep Whole(TurnStep step) =>
        step.Detail?.GetValueOrDefault(Use) is JsonElement at && at.TryGetInt32(out var n) && n < ToolsUsed.Count
            ? step with { Detail = new Dictionary<string, object?> { ["arguments"] = ToolsUsed[n].Arguments, ["result"] = ToolsUsed[n].Result, ["ms"] = ToolsUsed[n].Ms } }
            : step;

    public string Write() => JsonSerializer.Serialize(this, Json.Options);
}

/// <summary>One message of a prompt.</summary>
/// <param name="Role">system | user | assistant | tool.</param>
public sealed record PromptLine(string Role, string Text);

/// <summary>One use of a tool.</summary>
public sealed record ToolUse(string Name, JsonElement Arguments, string Result, int Ms);

/// <summary>A passage of the knowledge that the agent was given.</summary>
/// <param name="Score">How well it fits; higher is better.</param>
public sealed record KnowledgeUse(Guid Id, string Title, string Passage, double Score);

/// <summary>One thing that happened inside a turn.</summary>
/// <param name="Kind">model | tool | guard | lock | outcome | trouble.</param>
/// <param name="Title">In English.</param>
/// <param name="Code">What happened, as a stable word, for clients with words of their own; null in turns of older versions.</param>
/// <param name="Values">What the title mentions.</param>
public sealed record TurnStep(
    DateTimeOffset At, string Kind, string Title, IReadOnlyDictionary<string, object?>? Detail = null, string? Code = null, IReadOnlyDictionary<string, object?>? Values = null);

/// <summary>What a step is called: a stable code with the values that it mentions, and the same in English.</summary>
internal sealed record StepName(string Code, string Title, params (string Name, object Value)[] Mentions)
{
    public IReadOnlyDictionary<string, object?>? Values => Mentions.Length == 0 ? null : Mentions.ToDictionary(m => m.Name, m => (object?)m.Value);

    public static StepName TurnEnded(TurnOutcome outcome) => new("turn_ended", $"The turn ended: {Word.Of(outcome)}", ("outcome", Word.Of(outcome)));
}
