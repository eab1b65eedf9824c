using System.Text.Json.Nodes;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Health;

/// <summary>The console is typed from a committed copy of the API's document; a server that says something else must not pass.</summary>
public sealed class DocumentDriftTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task The_committed_document_is_what_the_server_says()
    {
        var said = await shared.Server.Api.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var committed = await File.ReadAllTextAsync(Repository.File("web", "api", "openapi.json"), TestContext.Current.CancellationToken);
        var changes = Changes(Shapes(committed), Shapes(said), "").Take(10).ToList();
        Assert.True(changes.Count == 0, $"web/api is not what the server says: run dev/openapi and commit what it writes.\n{string.Join('\n', changes)}");
    }

    /// <summary>The document without what depends on the version or on where the server listens.</summary>
    private static JsonNode Shapes(string document)
    {
        var shapes = JsonNode.Parse(document)!.AsObject();
        shapes.Remove("openapi");
        shapes.Remove("info");
        shapes.Remove("servers");
        return shapes;
    }

    /// <summary>Where two documents differ, each place once and as deep as possible; the order of an object's members says nothing.</summary>
    private static IEnumerable<string> Changes(JsonNode? before, JsonNode? after, string place)
    {
        if (JsonNode.DeepEquals(before, after)) return [];
        if (before is not JsonObject old || after is not JsonObject now) return [place];
        return old.Select(member => member.Key).Union(now.Select(member => member.Key))
            .SelectMany(name => Changes(old[name], now[name], $"{place}/{name}"));
    }
}
