using System.Text.Json;
using ChatOperator.Agents.Turns;
using ChatOperator.Agents.Versions;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Tools;

/// <summary>The tools of one turn, and what they leave behind.</summary>
internal sealed class Toolbox
{
    private readonly List<AITool> _functions = [];
    private readonly Dictionary<string, ToolUse> _uses = new(StringComparer.Ordinal);

    public IReadOnlyList<AITool> Functions => _functions;

    /// <summary>Set once the agent wished to hand over.</summary>
    public HandOff? HandOff { get; set; }

    public void Add(AgentFunction function, ToolUse use)
    {
        _functions.Add(function);
        _uses[function.Name] = use;
    }

    /// <summary>Does what the model asks of a tool; its result is text.</summary>
    /// <exception cref="ToolTroubleException">It could not.</exception>
    public Task<string> UseAsync(AIFunction function, AIFunctionArguments arguments, CancellationToken cancel) => _uses[function.Name](arguments, cancel);

    /// <summary>What a tool does in one turn.</summary>
    public delegate Task<string> ToolUse(AIFunctionArguments arguments, CancellationToken cancel);
}

/// <summary>In whose name tools are used.</summary>
/// <param name="Conversation">null in the playground.</param>
/// <param name="UpToId">The last inbound message the turn knows; makes idempotency keys the same when a turn is repeated.</param>
/// <param name="MayActAsync">
/// Asked before anything is changed: whether the conversation is still the agent's. A deed, named, is noted before it is done.
/// </param>
internal sealed record TurnScope(
    ActiveAgent Agent, Guid? Conversation, Guid? Contact, long UpToId, Thought Thought, TurnRecord Record, Func<string?, CancellationToken, Task<bool>> MayActAsync)
{
    /// <summary>Nothing is changed, neither outside nor here.</summary>
    public bool IsPlayground => Conversation is null;
}

/// <summary>
/// A tool as the model sees it: a name, words, a schema. The same in all turns, so that what is made of it for the wire is made once; what it
/// does in a turn is known to the turn's <see cref="Toolbox"/>.
/// </summary>
internal sealed class AgentFunction(string name, string description, JsonElement schema) : AIFunction
{
    public override string Name => name;
    public override string Description => description;
    public override JsonElement JsonSchema => schema;

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A tool is used through its turn's toolbox.");
}

/// <summary>A tool could not be used; the message is for the model.</summary>
internal sealed class ToolTroubleException(string message) : Exception(message);

/// <summary>Reading what a model passed.</summary>
internal static class Arguments
{
    /// <exception cref="ToolTroubleException">It is missing.</exception>
    public static string Required(this AIFunctionArguments arguments, string name) =>
        arguments.Text(name) is { Length: > 0 } text ? text : throw new ToolTroubleException($"The argument {name} is missing.");

    /// <summary>Whatever was passed, as text; null when nothing was.</summary>
    public static string? Text(this AIFunctionArguments arguments, string name) => !arguments.TryGetValue(name, out var value) ? null : value switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString(),
        JsonElement other => other.GetRawText(),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
