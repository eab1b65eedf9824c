using System.ClientModel;
using System.ClientModel.Primitives;
using System.ComponentModel;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Sandbox;
using Microsoft.Extensions.AI;
using OpenAI;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>The model's double, asked through the client that everybody uses and, where that client smooths things over, by hand.</summary>
public sealed class ModelTests : IAsyncLifetime
{
    private SandboxHost _sandbox = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync();
        _http = new HttpClient { BaseAddress = _sandbox.Address };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", "any-key");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Left_to_itself_it_looks_up_and_answers_from_what_it_found()
    {
        var queries = new List<string>();
        var tool = AIFunctionFactory.Create(
            ([Description("What to look for")] string query) =>
            {
                queries.Add(query);
                return new[] { new { query, hits = new[] { new { title = "Horarios", passage = "Abrimos de 8 a 20." } } } };
            },
            "search_knowledge");
        using var client = new FunctionInvokingChatClient(Client());
        var question = new List<ChatMessage> { new(ChatRole.System, "Be kind."), new(ChatRole.User, "<customer>¿A qué hora abren?</customer>") };
        var options = new ChatOptions { Tools = [tool] };

        var whole = await client.GetResponseAsync(question, options);
        var streamed = await client.GetStreamingResponseAsync(question, options).ToChatResponseAsync();

        Assert.Equal(["Abrimos de 8 a 20.", "Abrimos de 8 a 20."], [whole.Messages[^1].Text, streamed.Messages[^1].Text]);
        Assert.Equal(["¿A qué hora abren?", "¿A qué hora abren?"], queries);
        Assert.True(streamed.Usage?.InputTokenCount > 0 && streamed.Usage.OutputTokenCount > 0);
        Assert.Equal(4, (await AskedAsync()).Length);
    }

    [Fact]
    public async Task It_fetches_a_person_when_it_finds_nothing_or_is_asked_to()
    {
        string[] handed = await HandOffsAsync("¿Venden helicópteros?", "I want to talk to a human");
        Assert.Equal(["no encontré la respuesta", "asked for a person"], handed);
    }

    [Fact]
    public async Task Rules_answer_by_what_was_said_by_turn_and_by_a_tools_result()
    {
        await ScriptAsync(new
        {
            rules = new object[]
            {
                new { when = new { tool_result = "soleado" }, reply = "Hace sol." },
                new { when = new { contains = "CLIMA" }, tool_calls = new[] { new { name = "weather", arguments = new { city = "Rosario" } }, new { name = "weather", arguments = new { city = "Salta" } } } },
                new { when = new { turn = 2 }, reply = "Segunda vuelta." },
                new { times = 1, reply = "Una sola vez." },
                new { empty = true },
            },
        });
        var cities = new List<string>();
        var weather = AIFunctionFactory.Create((string city) => { cities.Add(city); return "soleado"; }, "weather");
        using var client = new FunctionInvokingChatClient(Client());
        Assert.Equal("Hace sol.", (await client.GetStreamingResponseAsync("¿Cómo está el clima?", new ChatOptions { Tools = [weather] }).ToChatResponseAsync()).Text);
        Assert.Equal(["Rosario", "Salta"], cities);
        Assert.Equal("Segunda vuelta.", (await client.GetResponseAsync([new(ChatRole.User, "a"), new(ChatRole.Assistant, "b"), new(ChatRole.User, "c")])).Text);
        Assert.Equal("Una sola vez.", (await client.GetResponseAsync("x")).Text);
        Assert.Equal("", (await client.GetResponseAsync("x")).Text);
    }

    [Theory]
    [InlineData("rate_limit_exceeded", 429, "7"), InlineData("insufficient_quota", 429, null), InlineData("context_length_exceeded", 400, null)]
    [InlineData("invalid_api_key", 401, null), InlineData("server_error", 500, null), InlineData("overloaded", 503, null)]
    public async Task Errors_come_in_the_apis_own_words(string code, int status, string? retryAfter)
    {
        await ScriptAsync(new { rules = new[] { new { error_code = code, retry_after = retryAfter is null ? (double?)null : 7 } } });
        using var answer = await PostAsync(new { model = "m", messages = new[] { new { role = "user", content = "x" } } });
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
        Assert.Equal((status, code, retryAfter), ((int)answer.StatusCode, error.GetProperty("code").GetString(), answer.Headers.RetryAfter?.ToString()));
        var thrown = await Assert.ThrowsAsync<ClientResultException>(() => Client().GetResponseAsync("x"));
        Assert.Equal(status, thrown.Status);
    }

    [Fact]
    public async Task Keys_names_and_lengths_are_checked_when_they_are_set()
    {
        await ScriptAsync(new { keys = (string[])["good"], models = (string[])["m"], context_length = 100 });
        Assert.Equal((401, "invalid_api_key"), await RefusedAsync(Ask("x")));
        _http.DefaultRequestHeaders.Authorization = new("Bearer", "good");
        Assert.Equal((200, null), await RefusedAsync(Ask("x")));
        Assert.Equal((404, "model_not_found"), await RefusedAsync(Ask("x", "other")));
        Assert.Equal((400, "context_length_exceeded"), await RefusedAsync(Ask(new string('x', 500))));
        var models = await _http.GetFromJsonAsync<JsonElement>("/v1/models");
        Assert.Equal("m", models.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Every_tool_call_must_be_answered_before_anybody_speaks()
    {
        var call = new { role = "assistant", content = (string?)null, tool_calls = new[] { new { id = "c1", type = "function", function = new { name = "f", arguments = "{}" } } } };
        var result = new { role = "tool", tool_call_id = "c1", content = "ok" };
        var user = new { role = "user", content = "x" };
        Assert.Equal(200, await StatusAsync(user, call, result));
        Assert.Equal(400, await StatusAsync(user, call));
        Assert.Equal(400, await StatusAsync(user, call, user));
        Assert.Equal(400, await StatusAsync(user, call, result, result));
        Assert.Equal(400, await StatusAsync(user, result));
        Assert.Equal(400, await StatusAsync(new { role = "robot", content = "x" }));
    }

    [Fact]
    public async Task Streams_break_where_they_are_told_to()
    {
        await ScriptAsync(new { rules = new[] { new { chunks = (string[])["Uno ", "dos ", "tres"], cut_after_chunks = 2 } } });
        var heard = "";
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await foreach (var update in Client().GetStreamingResponseAsync("x")) heard += update.Text;
        });
        Assert.Equal("Uno dos ", heard);

        await ScriptAsync(new { rules = new[] { new { chunks = (string[])["Uno ", "dos "], error_after_chunks = 1, error_code = "server_error" } } });
        var lines = await StreamAsync();
        Assert.Contains("\"Uno \"", lines[1], StringComparison.Ordinal);
        Assert.Equal("server_error", Parse(lines[^1]).GetProperty("error").GetProperty("code").GetString());

        await ScriptAsync(new { rules = new[] { new { reply = "ok" } } });
        lines = await StreamAsync();
        Assert.Equal("[DONE]", lines[^1]);
        Assert.Empty(Parse(lines[^2]).GetProperty("choices").EnumerateArray());
        Assert.True(Parse(lines[^2]).GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Arguments_can_be_malformed_and_pieces_come_when_they_are_due()
    {
        await ScriptAsync(new { rules = new[] { new { tool_calls = new[] { new { name = "f", arguments = new { id = 42 } } }, malformed_arguments = true, chunk_delay_ms = 30 } } });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var lines = await StreamAsync();
        var arguments = string.Concat(lines.Where(l => l.Contains("arguments", StringComparison.Ordinal))
            .Select(l => Parse(l).GetProperty("choices")[0].GetProperty("delta").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()));
        Assert.StartsWith("{\"id\":42", arguments, StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(arguments));
        Assert.True(clock.ElapsedMilliseconds >= 90, $"{clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task A_caller_who_hangs_up_is_noted()
    {
        await ScriptAsync(new { rules = new[] { new { delay_ms = 60_000 } } });
        using var patience = new CancellationTokenSource();
        var call = Client().GetResponseAsync("x", cancellationToken: patience.Token);
        await Eventually.Holds(() => AskedAsync().GetAwaiter().GetResult().Length == 1, "it was asked");
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.Holds(() => AskedAsync().GetAwaiter().GetResult()[^1].TryGetProperty("outcome", out var outcome) && outcome.GetString() == "abandoned", "it was noted");
    }

    private async Task<string[]> HandOffsAsync(params string[] said)
    {
        var reasons = new List<string>();
        using var client = new FunctionInvokingChatClient(Client());
        var options = new ChatOptions
        {
            Tools =
            [
                AIFunctionFactory.Create((string query) => Array.Empty<string>(), "search_knowledge"),
                AIFunctionFactory.Create((string reason, string summary) => { reasons.Add(reason); return "done"; }, "hand_off"),
            ],
        };
        foreach (var text in said) await client.GetResponseAsync(text, options);
        return [.. reasons];
    }

    // Without the client's own repetitions, so that an error is seen when it happens.
    private IChatClient Client() => new OpenAIClient(
        new ApiKeyCredential("any-key"),
        new OpenAIClientOptions { Endpoint = new Uri(_sandbox.Address, "v1"), RetryPolicy = new ClientRetryPolicy(0) }).GetChatClient("sandbox-small").AsIChatClient();

    private async Task ScriptAsync(object script)
    {
        using var answer = await _http.PutAsJsonAsync("/control/model", script);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<JsonElement[]> AskedAsync() => [.. (await _http.GetFromJsonAsync<JsonElement>("/control/model/requests")).EnumerateArray()];

    private Task<HttpResponseMessage> PostAsync(object body) => _http.PostAsJsonAsync("/v1/chat/completions", body);

    private static object Ask(string text, string model = "m") => new { model, messages = new[] { new { role = "user", content = text } } };

    private async Task<int> StatusAsync(params object[] messages)
    {
        using var answer = await PostAsync(new { model = "m", messages });
        return (int)answer.StatusCode;
    }

    private async Task<(int, string?)> RefusedAsync(object body)
    {
        using var answer = await PostAsync(body);
        var text = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return ((int)answer.StatusCode, text.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString() : null);
    }

    /// <summary>What stands behind "data:", line by line.</summary>
    private async Task<string[]> StreamAsync()
    {
        using var answer = await PostAsync(new { model = "m", stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "x" } } });
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => l[6..])];
    }

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
