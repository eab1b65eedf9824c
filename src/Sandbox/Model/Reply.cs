using System.Text;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary>One answer on its way to the caller.</summary>
internal sealed class Reply(ModelRequest request, ModelAnswer answer, ModelRule rule, string id, TimeProvider time)
{
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();

    private JsonObject Usage => new()
    {
        ["prompt_tokens"] = request.PromptTokens,
        ["completion_tokens"] = answer.Tokens,
        ["total_tokens"] = request.PromptTokens + answer.Tokens,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = (answer.Reasoning?.Length ?? 0) / 4 },
    };

    /// <summary>In one piece.</summary>
    public async Task<string> AnswerAsync(HttpContext http)
    {
        if (rule.CutAfterChunks is not null) return await CutAsync(http);
        var choice = new JsonObject
        {
            ["index"] = 0, ["logprobs"] = null, ["finish_reason"] = answer.FinishReason, ["message"] = answer.Message(id),
        };
        var body = Envelope("chat.completion", choice);
        body["usage"] = Usage;
        await http.Response.WriteAsJsonAsync(body, http.RequestAborted);
        return "answered";
    }

    /// <summary>In pieces, each as soon as it is due.</summary>
    public async Task<string> StreamAsync(HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        // The opening, which only names the role, does not count as a piece.
        var sent = -1;
        foreach (var delta in answer.Deltas(id))
        {
            if (sent == rule.CutAfterChunks) return await CutAsync(http);
            if (sent == rule.ErrorAfterChunks)
            {
                await WriteAsync(http, ModelError.Of(rule.ErrorCode ?? "server_error", rule.Status).ToJson());
                return "refused";
            }
            if (rule.ChunkDelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(rule.ChunkDelayMs), time, http.RequestAborted);
            await WriteAsync(http, Chunk(delta, null));
            sent++;
        }
        if (rule.CutAfterChunks is not null) return await CutAsync(http);
        await WriteAsync(http, Chunk([], answer.FinishReason));
        if (request.WantsUsage)
        {
            var last = Envelope("chat.completion.chunk", null);
            last["usage"] = Usage;
            await WriteAsync(http, last);
        }
        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted);
        return "answered";
    }

    // An abort throws away what the caller has not read yet; what was sent before the cut shall arrive.
    private async Task<string> CutAsync(HttpContext http)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(50), time, http.RequestAborted);
        http.Abort();
        return "cut";
    }

    private JsonObject Chunk(JsonObject delta, string? finish)
    {
        var chunk = Envelope("chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish });
        if (request.WantsUsage) chunk["usage"] = null;
        return chunk;
    }

    private JsonObject Envelope(string kind, JsonObject? choice) => new()
    {
        ["id"] = "chatcmpl-" + id, ["object"] = kind, ["created"] = _created, ["model"] = request.Model,
        ["choices"] = choice is null ? [] : new JsonArray(choice),
    };

    private static async Task WriteAsync(HttpContext http, JsonObject body)
    {
        await http.Response.WriteAsync($"data: {body.ToJsonString(ControlJson.Options)}\n\n", Encoding.UTF8, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
