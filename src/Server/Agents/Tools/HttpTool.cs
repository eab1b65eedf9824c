using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Tools;

/// <summary>Uses a tenant's own tool: one request, within its time, to nowhere in the server's own network.</summary>
internal sealed partial class HttpTool(OutboundHttp outbound, SecretBox box)
{
    private const int MostAnswer = 64 << 10;

    /// <summary>Read once for each tool as it stands.</summary>
    private readonly ConditionalWeakTable<AgentTool, AgentFunction> _functions = [];

    public void AddTo(Toolbox box, AgentTool tool, TurnScope scope)
    {
        var function = _functions.GetValue(tool, t => new AgentFunction(t.Name, t.Description, JsonSerializer.Deserialize<JsonElement>(t.Parameters)));
        box.Add(function, (arguments, cancel) => UseAsync(tool, function.JsonSchema, scope, arguments, cancel));
    }

    private async Task<string> UseAsync(AgentTool tool, JsonElement schema, TurnScope scope, AIFunctionArguments arguments, CancellationToken cancel)
    {
        ArgumentCheck.Check(schema, arguments);
        using var request = Request(tool, arguments);
        if (tool.HasEffects)
        {
            if (scope.IsPlayground) return """{"done":false,"why":"This is a rehearsal; tools that change something are not called."}""";
            if (!await scope.MayActAsync(tool.Name, cancel)) throw new ToolTroubleException("A person has taken the conversation; nothing was done.");
            scope.Thought.Deed = tool.Name;
            request.Headers.TryAddWithoutValidation("Idempotency-Key", KeyOf(tool, scope, arguments));
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(tool.TimeoutMs);
        try
        {
            using var answer = await outbound.For(tool.MayReachPrivate).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var body = await ReadAsync(answer.Content, patience.Token);
            return JsonSerializer.Serialize(new { status = (int)answer.StatusCode, body = AsJson(body) }, Json.Options);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested) { throw new ToolTroubleException("No answer in time."); }
        catch (Exception e) when (e is HttpRequestException or IOException) { throw new ToolTroubleException("The tool cannot be reached."); }
    }

    private HttpRequestMessage Request(AgentTool tool, AIFunctionArguments arguments)
    {
        var rest = arguments.Keys.ToHashSet(StringComparer.Ordinal);
        var url = Placeholder().Replace(tool.Url, match =>
        {
            rest.Remove(match.Groups[1].Value);
            // Escaped whole: an argument must not climb out of its place in the path.
            return arguments.Required(match.Groups[1].Value) is not ("." or "..") and var value
                ? Uri.EscapeDataString(value) : throw new ToolTroubleException($"{match.Groups[1].Value} cannot be used.");
        });
        var inQuery = tool.Method is "GET" or "DELETE";
        if (inQuery && rest.Count > 0)
            url += (url.Contains('?', StringComparison.Ordinal) ? "&" : "?")
                + string.Join('&', rest.Order().Select(n => $"{Uri.EscapeDataString(n)}={Uri.EscapeDataString(arguments.Text(n) ?? "")}"));
        var request = new HttpRequestMessage(new HttpMethod(tool.Method), url);
        if (!inQuery)
        {
            request.Content = new StringContent(
                JsonSerializer.Serialize(rest.ToDictionary(n => n, n => arguments[n]), Json.Options), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        foreach (var (name, value) in tool.Headers(box)) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>The same for the same deed in answer to the same message, also when a stopped server begins the turn anew.</summary>
    private static string KeyOf(AgentTool tool, TurnScope scope, AIFunctionArguments arguments)
    {
        var deed = $"{scope.Conversation}|{scope.UpToId}|{tool.Id}|" + string.Join('|', arguments.Keys.Order(StringComparer.Ordinal).Select(k => $"{k}={arguments.Text(k)}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(deed)).AsSpan(0, 16));
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[MostAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, MostAnswer, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static object AsJson(string body)
    {
        try { return JsonSerializer.Deserialize<JsonElement>(body); }
        catch (JsonException) { return body; }
    }

    [GeneratedRegex(@"\{([A-Za-z0-9_-]+)\}")]
    private static partial Regex Placeholder();
}
