using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary>What the model says to one request, before it is put on the wire.</summary>
/// <param name="Text">Null when it says nothing and only calls tools.</param>
internal sealed record ModelAnswer(string? Text, IReadOnlyList<RuleToolCall> ToolCalls)
{
    private const int ArgumentPiece = 8;
    private const int WordsOfPiece = 3;

    /// <summary>The text in the pieces of the stream.</summary>
    public IReadOnlyList<string> Pieces { get; init; } = Text is null ? [] : Split(Text);

    public string? Reasoning { get; init; }

    public bool MalformedArguments { get; init; }

    public string FinishReason { get; init; } = ToolCalls.Count > 0 ? "tool_calls" : "stop";

    public int Tokens => ((Text?.Length ?? 0) + (Reasoning?.Length ?? 0) + ToolCalls.Sum(call => call.Name.Length + call.ArgumentsText.Length) + 3) / 4;

    public static ModelAnswer Say(string text) => new(text, []);

    public static ModelAnswer Call(string tool, JsonObject arguments) => new(null, [new RuleToolCall(tool, arguments)]);

    /// <summary>What a rule says, where it says anything at all.</summary>
    public static ModelAnswer Of(ModelRule rule)
    {
        var text = rule.Empty ? "" : rule.Reply ?? (rule.Chunks is { } parts ? string.Concat(parts) : null);
        var answer = new ModelAnswer(text, rule.Empty ? [] : rule.ToolCalls ?? []) { Reasoning = rule.Reasoning, MalformedArguments = rule.MalformedArguments };
        if (rule.Chunks is { } pieces && !rule.Empty) answer = answer with { Pieces = pieces };
        return rule.FinishReason is { } reason ? answer with { FinishReason = reason } : answer;
    }

    /// <summary>The message of an answer that is not streamed.</summary>
    public JsonObject Message(string id)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = Text, ["refusal"] = null };
        if (Reasoning is not null) message["reasoning_content"] = Reasoning;
        if (ToolCalls.Count > 0) message["tool_calls"] = new JsonArray([.. ToolCalls.Select((call, i) => Call(id, i, call.Name, Arguments(call)))]);
        return message;
    }

    /// <summary>The deltas of a streamed answer, without its end.</summary>
    public IEnumerable<JsonObject> Deltas(string id)
    {
        yield return new JsonObject { ["role"] = "assistant", ["content"] = Text is null ? null : "" };
        foreach (var thought in Reasoning is null ? [] : Split(Reasoning)) yield return new JsonObject { ["reasoning_content"] = thought };
        foreach (var piece in Pieces) yield return new JsonObject { ["content"] = piece };
        for (var i = 0; i < ToolCalls.Count; i++)
        {
            var opening = Call(id, i, ToolCalls[i].Name, "");
            opening["index"] = i;
            yield return new JsonObject { ["tool_calls"] = new JsonArray(opening) };
            foreach (var fragment in Arguments(ToolCalls[i]).Chunk(ArgumentPiece))
                yield return new JsonObject
                {
                    ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = i, ["function"] = new JsonObject { ["arguments"] = new string(fragment) } }),
                };
        }
    }

    private string Arguments(RuleToolCall call) => MalformedArguments ? call.ArgumentsText.TrimEnd('}') + ", \"" : call.ArgumentsText;

    private static JsonObject Call(string id, int index, string name, string arguments) => new()
    {
        ["id"] = $"call_{id}_{index}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["arguments"] = arguments },
    };

    private static IReadOnlyList<string> Split(string text) =>
        [.. text.Split(' ').Chunk(WordsOfPiece).Select((words, i) => (i == 0 ? "" : " ") + string.Join(' ', words))];
}
