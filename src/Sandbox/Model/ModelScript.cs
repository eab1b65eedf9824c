using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary>The body of <c>PUT /control/model</c>: what the model knows of the world, and rules that tell it what to say.</summary>
/// <param name="Rules">Tried in order; the first that fits answers. Without one that fits, the model answers by itself.</param>
/// <param name="Keys">API keys that are good; absent: any.</param>
/// <param name="Models">Names that exist; absent: any.</param>
/// <param name="ContextLength">Tokens that a request may have; a token is counted as four characters.</param>
internal sealed record ModelScript(
    IReadOnlyList<ModelRule>? Rules = null, IReadOnlyList<string>? Keys = null, IReadOnlyList<string>? Models = null, int ContextLength = 128_000);

/// <summary>One rule: when it applies, and what then happens.</summary>
internal sealed record ModelRule
{
    /// <summary>Absent: always.</summary>
    public RuleCondition? When { get; init; }

    /// <summary>How often it applies before it is spent; absent: until the rules are replaced.</summary>
    public int? Times { get; set; }

    public string? Reply { get; init; }

    /// <summary>The reply in the pieces in which it is streamed.</summary>
    public IReadOnlyList<string>? Chunks { get; init; }

    public IReadOnlyList<RuleToolCall>? ToolCalls { get; init; }

    /// <summary>What reasoning models tell of their thoughts, as <c>reasoning_content</c>.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Milliseconds before anything is answered.</summary>
    public int DelayMs { get; init; }

    /// <summary>Milliseconds before each streamed piece.</summary>
    public int ChunkDelayMs { get; init; }

    /// <summary>The connection is cut after so many pieces of text or arguments; 0 cuts it before the first.</summary>
    public int? CutAfterChunks { get; init; }

    /// <summary>An error in the middle of the stream after so many pieces, in place of what would follow.</summary>
    public int? ErrorAfterChunks { get; init; }

    /// <summary>Refuse with this HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>Refuse with this code, such as <c>insufficient_quota</c>, and its usual status unless <see cref="Status"/> says another.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Seconds.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>The arguments of tool calls end too early to be JSON.</summary>
    public bool MalformedArguments { get; init; }

    /// <summary>Answer with no content at all.</summary>
    public bool Empty { get; init; }

    /// <summary>In place of <c>stop</c> or <c>tool_calls</c>: <c>length</c>, <c>content_filter</c>.</summary>
    public string? FinishReason { get; init; }
}

/// <summary>All that is given must hold.</summary>
/// <param name="Contains">The last user's text has this in it; case does not matter.</param>
/// <param name="System">The system's text has this in it; case does not matter.</param>
/// <param name="ToolResult">
/// <c>true</c>: the last message is a tool's result; <c>false</c>: it is not; a text: it is one with this in it.
/// </param>
/// <param name="Turn">How many user messages there are.</param>
/// <param name="Image">Whether a picture is among the messages.</param>
internal sealed record RuleCondition(
    string? Contains = null, string? System = null, JsonElement? ToolResult = null, int? Turn = null, bool? Image = null)
{
    public bool Holds(ModelRequest request) =>
        (Contains is null || request.LastUserText.Contains(Contains, StringComparison.OrdinalIgnoreCase))
        && (System is null || request.SystemText.Contains(System, StringComparison.OrdinalIgnoreCase))
        && (Turn is null || Turn == request.UserMessages)
        && (Image is null || Image == request.HasImage)
        && ToolResult switch
        {
            null => true,
            { ValueKind: JsonValueKind.String } text =>
                request.ToolResult?.Contains(text.GetString()!, StringComparison.OrdinalIgnoreCase) == true,
            { ValueKind: JsonValueKind.False } => request.ToolResult is null,
            _ => request.ToolResult is not null,
        };
}

/// <summary>A tool to call; the arguments are an object, or a string that is sent as it is.</summary>
internal sealed record RuleToolCall(string Name, JsonNode? Arguments = null)
{
    public string ArgumentsText => Arguments switch
    {
        null => "{}",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => Arguments.ToJsonString(ControlJson.Options),
    };
}
