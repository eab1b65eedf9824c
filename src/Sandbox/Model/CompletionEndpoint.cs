using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary><c>POST /v1/chat/completions</c> and <c>GET /v1/models</c>, as servers that are compatible with OpenAI answer them.</summary>
internal static class CompletionEndpoint
{
    private static readonly string[] NamesByDefault = ["sandbox-small", "sandbox-large"];

    public static void Map(IEndpointRouteBuilder api, World world)
    {
        api.MapGet("/v1/models", async (HttpContext http) =>
        {
            if (Denied(http, world.LanguageModel.Script) is { } error) await error.AnswerAsync(http);
            else await http.Response.WriteAsJsonAsync(Models(world));
        });
        api.MapPost("/v1/chat/completions", (HttpContext http) => CompleteAsync(http, world));
    }

    private static async Task CompleteAsync(HttpContext http, World world)
    {
        var model = world.LanguageModel;
        var asked = model.Note(await ReadAsync(http), Key(http));
        try
        {
            var (request, error) = ModelRequest.Read(asked.Body);
            error = Denied(http, model.Script) ?? error ?? Refused(request!, model.Script);
            var rule = error is null ? model.Rule(request!) : null;
            if (rule?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMs), world.Time, http.RequestAborted);
            if (rule is { ErrorAfterChunks: null } && (rule.Status ?? 200) >= 400 || rule is { ErrorAfterChunks: null, ErrorCode: not null })
                error = ModelError.Of(rule.ErrorCode, rule.Status) with { RetryAfter = rule.RetryAfter };
            asked.Status = error?.Http ?? 200;
            if (error is not null)
            {
                asked.Outcome = "refused";
                await error.AnswerAsync(http);
                return;
            }
            var reply = new Reply(
                request!, SaysSomething(rule) ? ModelAnswer.Of(rule!) : SmallModel.Answer(request!), rule ?? new ModelRule(), model.NextId(), world.Time);
            asked.Outcome = request!.Streams ? await reply.StreamAsync(http) : await reply.AnswerAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            asked.Outcome = "abandoned";
        }
    }

    // A rule that only delays or cuts leaves the words to the model.
    private static bool SaysSomething(ModelRule? rule) =>
        rule is not null && (rule.Reply is not null || rule.Chunks is not null || rule.ToolCalls is not null || rule.Empty);

    private static ModelError? Denied(HttpContext http, ModelScript script) =>
        Key(http) is not { } key ? ModelError.Of("invalid_api_key", null) with { Message = "You didn't provide an API key." }
        : script.Keys?.Contains(key) == false ? ModelError.Of("invalid_api_key", null)
        : null;

    private static ModelError? Refused(ModelRequest request, ModelScript script) =>
        script.Models?.Contains(request.Model) == false ? ModelError.Of("model_not_found", null)
        : request.PromptTokens > script.ContextLength ? ModelError.Of("context_length_exceeded", null) with { Param = "messages" }
        : null;

    // Azure's servers take the key in a header of its own.
    private static string? Key(HttpContext http)
    {
        if (http.Request.Headers["api-key"].ToString() is { Length: > 0 } key) return key;
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && header.Length > 7 ? header[7..] : null;
    }

    private static async Task<JsonNode?> ReadAsync(HttpContext http)
    {
        try { return await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted); }
        catch (JsonException) { return null; }
    }

    private static JsonObject Models(World world) => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. (world.LanguageModel.Script.Models ?? NamesByDefault).Select(name => new JsonObject
        {
            ["id"] = name, ["object"] = "model", ["created"] = 1_756_728_000, ["owned_by"] = "sandbox",
        })]),
    };
}
