using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Health;

/// <summary>The document says of each operation what a stranger needs to write a client against it.</summary>
public sealed partial class DocumentTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task Every_parameter_has_the_name_it_is_sent_by()
    {
        await foreach (var (name, operation) in OperationsAsync())
            foreach (var parameter in Parameters(operation).Where(p => p.In is "query" or "path"))
                Assert.True(SnakeCase().IsMatch(parameter.Name), $"{name}: {parameter.Name}");
    }

    [Fact]
    public async Task Every_id_in_an_address_is_declared()
    {
        await foreach (var (name, operation) in OperationsAsync())
        {
            var declared = Parameters(operation).Where(p => p.In == "path").Select(p => p.Name).Order(StringComparer.Ordinal);
            Assert.Equal(PathParameter().Matches(name).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal), declared);
        }
    }

    [Fact]
    public async Task Every_operation_tells_how_it_refuses()
    {
        await foreach (var (name, operation) in OperationsAsync())
        {
            var answers = operation.GetProperty("responses");
            List<string> expected = ["default", "503"];
            if (operation.TryGetProperty("security", out _)) expected.AddRange(["401", "403"]);
            if (name.Contains('{', StringComparison.Ordinal)) expected.Add("404");
            if (operation.TryGetProperty("requestBody", out _)) expected.Add("400");
            foreach (var status in expected)
                Assert.True(answers.TryGetProperty(status, out var answer) && answer.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{name}: {status}");
            Assert.True(answers.GetProperty("503").GetProperty("headers").TryGetProperty("Retry-After", out _), name);
        }
    }

    [Fact]
    public async Task Headers_bounds_and_closed_sets_of_words_are_told()
    {
        var operations = await OperationsAsync().ToDictionaryAsync(o => o.Name, o => o.Operation);
        foreach (var name in (string[])["post /admin/whatsapp/send", "post /admin/templates/send", "post /messages/relay"])
        {
            Assert.Contains(Parameters(operations[name]), p => p is { In: "header", Name: "Idempotency-Key" });
            Assert.Contains("Idempotency-Replayed", Headers(operations[name]));
        }
        var (summary, messages, receipts) = (operations["get /admin/chats/summary"], operations["get /admin/chats/{id}/messages"], operations["get /admin/receipts"]);
        Assert.Equal(["ETag", "X-Cursor", "X-Next-Cursor"], Headers(summary));
        Assert.Equal(["ETag", "X-Cursor"], Headers(messages));
        Assert.True(messages.GetProperty("responses").TryGetProperty("304", out _));
        Assert.Contains(Parameters(summary), p => p is { In: "header", Name: "If-None-Match" });
        foreach (var operation in (JsonElement[])[summary, messages, receipts])
        {
            var limit = Schema(operation, "limit");
            Assert.Equal((1, 200), (limit.GetProperty("minimum").GetInt32(), limit.GetProperty("maximum").GetInt32()));
        }
        Assert.Equal(["all", "human_only", "bot_only"], Words(Schema(summary, "human_filter")));
        Assert.Equal(["whatsapp", "instagram", "facebook", "web"], Words(Schema(summary, "channel")));
        Assert.Equal(6, Words(Schema(receipts, "verdict")).Count);

        var schemas = (await shared.Server.Api.GetAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        Assert.Equal(["user", "agent"], Words(schemas.GetProperty("MessageView").GetProperty("properties").GetProperty("sender")));
        Assert.Equal(["image", "video", "audio", "document"], Words(schemas.GetProperty("AttachmentView").GetProperty("properties").GetProperty("type")));
    }

    private async IAsyncEnumerable<(string Name, JsonElement Operation)> OperationsAsync()
    {
        foreach (var path in (await shared.Server.Api.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
                yield return ($"{operation.Name} {path.Name}", operation.Value);
    }

    private static IEnumerable<(string In, string Name)> Parameters(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Select(p => (p.GetProperty("in").GetString()!, p.GetProperty("name").GetString()!)) : [];

    private static JsonElement Schema(JsonElement operation, string parameter) =>
        operation.GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == parameter).GetProperty("schema");

    private static List<string> Headers(JsonElement operation) =>
        [.. operation.GetProperty("responses").GetProperty("200").GetProperty("headers").EnumerateObject().Select(h => h.Name).Order(StringComparer.Ordinal)];

    private static List<string> Words(JsonElement schema) => [.. schema.GetProperty("enum").EnumerateArray().Select(w => w.GetString()!)];

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParameter();
}
