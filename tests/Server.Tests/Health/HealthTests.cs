using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Health;

public abstract class HealthTests(SharedServer shared)
{
    [Fact]
    public async Task A_node_says_that_it_lives_and_is_ready()
    {
        using var nobody = new Api(shared.Server.Address, null);
        foreach (var path in (string[])["/healthz", "/readyz"])
        {
            using var answer = await nobody.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_and_the_platform()
    {
        using var nobody = new Api(shared.Server.Address, null);
        using var local = await nobody.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        using var remote = await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, remote.StatusCode);
        using var platform = await shared.Server.Api.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.OK, platform.StatusCode);
        using var owner = await (await shared.Server.TenantAsync()).Api.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
    }

    [Fact]
    public async Task Metrics_have_the_names_that_dashboards_know()
    {
        var chat = await Agents.AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "Hi." });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.EndsAsync("answered");
        using (await shared.Server.Api.SendAsync(HttpMethod.Post, "/webhooks/whatsapp_cloud/nobody", new { })) { }
        var text = await shared.Server.Api.Http.GetStringAsync("/metrics");
        foreach (var line in (string[])
        [
            "chatoperator_webhooks_refused_total{channel=\"whatsapp_cloud\",why=\"unknown_hook\"} ", "chatoperator_intake_items_total{channel=\"whatsapp_cloud\",verdict=\"applied\"} ",
            "chatoperator_intake_commits_total{} ", "chatoperator_intake_queue{} ", "chatoperator_intake_lag_seconds_bucket{channel=\"whatsapp_cloud\",le=\"0.1\"} ",
            "chatoperator_agent_turns_total{outcome=\"answered\"} ", "chatoperator_agent_tokens_total{direction=\"input\"} ", "chatoperator_agent_turn_seconds_count{} ",
            "dotnet_gc_collections_total{", "kestrel_active_connections{",
        ])
            Assert.Contains($"\n{line}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("otel_scope", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var nobody = new Api(shared.Server.Address, null);
        var document = await nobody.GetAsync("/openapi/v1.json");
        var connect = document.GetProperty("paths").GetProperty("/admin/channel-accounts").GetProperty("post");
        Assert.True(connect.GetProperty("responses").GetProperty("201").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.True(connect.GetProperty("responses").GetProperty("default").GetProperty("content").TryGetProperty("application/problem+json", out _));
        Assert.Equal(2, connect.GetProperty("security").GetArrayLength());
        var created = document.GetProperty("components").GetProperty("schemas").GetProperty("AccountView").GetProperty("properties").GetProperty("created_at");
        Assert.Equal("string", created.GetProperty("type").GetString());
        using var page = await nobody.SendAsync(HttpMethod.Get, "/reference/");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
    }
}

public sealed class HealthOnSqlite(OnSqlite shared) : HealthTests(shared), IClassFixture<OnSqlite>;

public sealed class HealthOnPostgres(OnPostgres shared) : HealthTests(shared), IClassFixture<OnPostgres>;
