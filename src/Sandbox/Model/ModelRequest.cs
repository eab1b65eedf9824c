using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatOperator.Sandbox.Model;

/// <summary>A request for a chat completion, checked as strictly as the real API checks it.</summary>
internal sealed partial class ModelRequest
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    private readonly List<JsonObject> _messages;

    private ModelRequest(JsonObject body, string model, List<JsonObject> messages)
    {
        (Body, Model, _messages) = (body, model, messages);
        SystemText = string.Join('\n', messages.Where(m => RoleOf(m) is "system" or "developer").Select(TextOf));
        LastUserText = messages.LastOrDefault(m => RoleOf(m) == "user") is { } last ? TextOf(last) : "";
        ToolResult = messages.Count > 0 && RoleOf(messages[^1]) == "tool" ? TextOf(messages[^1]) : null;
        Tools = [.. (body["tools"] as JsonArray ?? []).Select(tool => tool!["function"]!["name"]!.ToString())];
    }

    public JsonObject Body { get; }

    public string Model { get; }

    public string SystemText { get; }

    public string LastUserText { get; }

    /// <summary>The text of the last message when it is a tool's result.</summary>
    public string? ToolResult { get; }

    /// <summary>The tool whose result is the last message.</summary>
    public string? ToolOfResult => ToolResult is null ? null : _messages.SelectMany(Calls)
        .LastOrDefault(call => call["id"]?.ToString() == _messages[^1]["tool_call_id"]?.ToString())?["function"]?["name"]?.ToString();

    public int UserMessages => _messages.Count(m => RoleOf(m) == "user");

    public bool HasImage => _messages.Any(m => m["content"] is JsonArray parts && parts.Any(p => p?["type"]?.ToString() == "image_url"));

    /// <summary>Names of the tools it may call.</summary>
    public IReadOnlyList<string> Tools { get; }

    public bool MayCallTools => Body["tool_choice"]?.ToString() != "none";

    public bool Streams => Body["stream"] is JsonValue stream && stream.TryGetValue<bool>(out var on) && on;

    public bool WantsUsage => Body["stream_options"]?["include_usage"] is JsonValue usage && usage.TryGetValue<bool>(out var on) && on;

    /// <summary>As good as four characters a token.</summary>
    public int PromptTokens => _messages.Sum(m => (TextOf(m).Length + Calls(m).Sum(call => call.ToJsonString().Length) + 15) / 4)
        + (Body["tools"]?.ToJsonString().Length ?? 0) / 4;

    /// <returns>The request, or what is wrong with it.</returns>
    public static (ModelRequest?, ModelError?) Read(JsonNode? body)
    {
        if (body is not JsonObject asked) return (null, ModelError.Invalid("We could not parse the JSON body of your request."));
        if (asked["model"]?.ToString() is not { Length: > 0 } model) return (null, ModelError.Invalid("you must provide a model parameter", "model"));
        if (asked["messages"] is not JsonArray { Count: > 0 } messages || messages.Any(m => m is not JsonObject))
            return (null, ModelError.Invalid("[] is too short - 'messages'", "messages"));
        var list = messages.Select(m => m!.AsObject()).ToList();
        var error = WrongTool(asked) ?? WrongRole(list) ?? Unanswered(list);
        return error is null ? (new ModelRequest(asked, model, list), null) : (null, error);
    }

    private static ModelError? WrongTool(JsonObject asked)
    {
        foreach (var tool in asked["tools"] as JsonArray ?? [])
        {
            if (tool?["type"]?.ToString() != "function" || tool["function"] is not JsonObject function)
                return ModelError.Invalid("Invalid value for 'type' of a tool. Supported values are: 'function'.", "tools");
            if (!ToolName().IsMatch(function["name"]?.ToString() ?? ""))
                return ModelError.Invalid("Invalid 'tools[].function.name': string does not match pattern '^[a-zA-Z0-9_-]{1,64}$'.", "tools[].function.name");
            if (function["parameters"] is { } schema && schema["type"]?.ToString() != "object")
                return ModelError.Invalid("Invalid schema for function: schema must be of 'type: object'.", "tools[].function.parameters");
        }
        return null;
    }

    private static ModelError? WrongRole(List<JsonObject> messages)
    {
        var wrong = messages.FindIndex(m => !Roles.Contains(RoleOf(m)));
        return wrong < 0 ? null : ModelError.Invalid($"Invalid value for 'messages[{wrong}].role'.", $"messages[{wrong}].role");
    }

    // Each call must be answered once, before anybody else speaks; and nothing may be answered that was not called.
    private static ModelError? Unanswered(List<JsonObject> messages)
    {
        var open = new List<string>();
        for (var i = 0; i < messages.Count; i++)
        {
            if (RoleOf(messages[i]) == "tool")
            {
                if (open.Remove(messages[i]["tool_call_id"]?.ToString() ?? "")) continue;
                return ModelError.Invalid(
                    "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.", $"messages[{i}].role");
            }
            if (open.Count > 0) break;
            open.AddRange(Calls(messages[i]).Select(call => call["id"]?.ToString() ?? ""));
        }
        return open.Count == 0 ? null : ModelError.Invalid(
            "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. "
            + $"The following tool_call_ids did not have response messages: {string.Join(", ", open)}", "messages");
    }

    private static string RoleOf(JsonObject message) => message["role"]?.ToString() ?? "";

    private static IEnumerable<JsonObject> Calls(JsonObject message) => (message["tool_calls"] as JsonArray ?? []).OfType<JsonObject>();

    private static string TextOf(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Join('\n', parts.Where(p => p?["type"]?.ToString() == "text").Select(p => p!["text"]?.ToString())),
        { } text => text.ToString(),
        null => "",
    };

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
