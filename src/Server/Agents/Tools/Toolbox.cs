using System.Text.Json;
using ChatOperator.Agents.Turns;
using ChatOperator.Agents.Versions;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Tools;

/// <summary>The tools of one turn, and what they leave behind.</summary>
internal sealed class Toolbox
{
    private readonly List<AIFunction> _functions = [];

    public IReadOnlyList<AIFunction> Functions => _functions;

    /// <summary>Set once the agent wished to hand over.</summary>
    public HandOff? HandOff { get; set; }

    public void Add(AIFunction function) => _functions.Add(function);
}

/// <summary>In whose name tools are used.</summary>
/// <param name="Conversation">null in the playground.</param>
/// <param name="UpToId">The last inbound message the turn knows; makes idempotency keys the same when a turn is repeated.</param>
/// <param name="MayActAsync">Asked before anything is changed outside: whether the conversation is still the agent's.</param>
internal sealed record TurnScope(
    ActiveAgent Agent, Guid? Conversation, Guid? Contact, long UpToId, Thought Thought, TurnRecord Record, Func<CancellationToken, Task<bool>> MayActAsync)
{
    /// <summary>Nothing is changed, neither outside nor here.</summary>
    public bool IsPlayground => Conversation is null;
}

/// <summary>A tool as the model sees it: a name, words, a schema, and what it does. Its result is text.</summary>
internal sealed class AgentFunction(
    string name, string description, string schema, Func<AIFunctionArguments, CancellationToken, Task<string>> use) : AIFunction
{
    public override string Name => name;
    public override string Description => description;
    public override JsonElement JsonSchema { get; } = JsonSerializer.Deserialize<JsonElement>(schema);

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await use(arguments, cancellationToken);
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
