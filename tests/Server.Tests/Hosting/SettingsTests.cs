using System.Net;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

/// <summary>How the installation is configured, and what is said about a configuration that cannot work.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Everything_wrong_is_said_at_once_before_anything_starts()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        var refusal = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(installation, new ServerOptions
        {
            Settings =
            {
                ["PublicUrl"] = "chat.example.com", ["Intake:BatchLimit"] = "0", ["Outbox:SendsPerAccount"] = "0", ["Cluster:Address"] = "node-1",
                ["Cluster:Enabled"] = "true", ["TrustedProxies"] = "10.0.0.1, nonsense", ["Secrets:Key"] = "short", ["Agent:TurnsAtOnce"] = "-1",
            },
        }));
        foreach (var name in (string[])["PublicUrl", "Intake:BatchLimit", "Outbox:SendsPerAccount", "Cluster:Address", "Cluster:Enabled", "nonsense", "Secrets:Key", "Agent:TurnsAtOnce"])
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Intake:BatchLimit", "many")]
    [InlineData("Database:Provider", "Mongo")]
    public async Task A_value_of_the_wrong_kind_is_named(string name, string value)
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        var refusal = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(installation, new ServerOptions { Settings = { [name] = value } }));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(value, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Outbound:PrivateHosts", "127.0.0.1")]
    [InlineData("Outbound:PrivateHosts", "localhost, 127.0.0.1")]
    [InlineData("Outbound:PrivateHosts:0", "127.0.0.1")]
    public async Task A_list_may_be_numbered_or_separated_by_commas(string name, string value)
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        installation.Settings.Remove("Outbound:PrivateHosts:0");
        await using var server = await TestServer.StartAsync(installation, new ServerOptions { Settings = { [name] = value } });
        await (await server.TenantAsync()).WhatsAppAsync();
    }

    [Fact]
    public async Task The_command_line_wins_over_the_environment()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        var name = $"CHATOPERATOR__{nameof(Settings.Bootstrap)}__{nameof(BootstrapSettings.TenantName)}";
        Environment.SetEnvironmentVariable(name, "Of the environment");
        try
        {
            await using var app = await Program.BuildAsync(["--Bootstrap:TenantName", "Of the command line"], builder =>
            {
                foreach (var (key, value) in installation.Settings) builder.Configuration[key] = value;
            });
            Assert.Equal("Of the command line", ((Settings)app.Services.GetService(typeof(Settings))!).Bootstrap.TenantName);
        }
        finally { Environment.SetEnvironmentVariable(name, null); }
    }

    [Fact]
    public async Task A_chain_of_trusted_proxies_is_followed_to_the_client()
    {
        await using var server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions { Settings = { ["TrustedProxies"] = "10.0.0.0/8,192.0.2.7" } });
        using var nobody = new Api(server.Address, null);
        // Metrics are for this machine: behind the whole chain stands a stranger, or somebody on it.
        using var stranger = await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "203.0.113.7, 192.0.2.7, 10.1.1.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var local = await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "127.0.0.1, 192.0.2.7, 10.1.1.1"));
        Assert.Equal(HttpStatusCode.OK, local.StatusCode);
        using var forged = await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "127.0.0.1, 203.0.113.7, 10.1.1.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Fact]
    public async Task Without_a_public_url_links_begin_where_the_server_listens_never_with_the_host_header()
    {
        await using var server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions { Settings = { ["PublicUrl"] = "" } });
        using var made = await server.Api.SendAsync(
            HttpMethod.Post, "/admin/channel-accounts", new { channel = "web", name = "Web", settings = new { allowed_origins = "*", identity_secret = "a secret of the page" } }, ("Host", "evil.example"));
        var account = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await made.Content.ReadAsStringAsync());
        Assert.StartsWith($"{server.Address}webhooks/web/", account.GetProperty("webhook_url").GetString(), StringComparison.Ordinal);
        Assert.Contains($"{server.Address}", account.GetProperty("embed_code").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", account.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("PublicUrl is not set", server.Log.ToString(), StringComparison.Ordinal);
    }
}
