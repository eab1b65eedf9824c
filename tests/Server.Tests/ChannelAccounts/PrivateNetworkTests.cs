using System.Net;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.ChannelAccounts;

/// <summary>A tenant must not make the server call the network it stands in.</summary>
public sealed class PrivateNetworkTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("http://127.0.0.2:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("https://10.1.2.3")]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://2130706434")]
    [InlineData("https://0.0.0.0")]
    [InlineData("https://[::]")]
    [InlineData("http://graph.example.com")]
    [InlineData("https://user:password@graph.example.com")]
    [InlineData("https://graph.example.com/?to=x")]
    public async Task A_tenant_cannot_set_such_an_address(string url)
    {
        var tenant = await shared.Server.TenantAsync();
        var problem = await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/channel-accounts", Account("1234567", url));
        Assert.Equal("settings.base_url", problem.GetProperty("errors")[0].GetProperty("field").GetString());

        var account = await tenant.WhatsAppAsync();
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, $"/admin/channel-accounts/{account.Id}", new { settings = new { base_url = url } });
    }

    [Fact]
    public async Task A_platform_administrator_can_and_what_others_change_beside_it_stays_allowed()
    {
        var made = await shared.Server.Api.PostAsync("/admin/channel-accounts", Account("7654321", "http://127.0.0.2:9"));
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal("http://127.0.0.2:9", made.GetProperty("settings").GetProperty("base_url").GetString());
        await shared.Server.Api.PatchAsync($"/admin/channel-accounts/{id}", new { name = "Renamed" });
    }

    [Fact]
    public async Task The_connection_itself_is_refused_whatever_the_name_says()
    {
        using var outbound = new OutboundHttp(new Settings());
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => outbound.For(mayReachPrivate: false).GetAsync(new Uri(shared.Server.Address, "/healthz")));
        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        var byName = new UriBuilder(shared.Server.Address) { Host = "localhost", Path = "/healthz" }.Uri;
        await Assert.ThrowsAsync<HttpRequestException>(() => outbound.For(mayReachPrivate: false).GetAsync(byName));
        Assert.Equal("ok", await outbound.For(mayReachPrivate: true).GetStringAsync(new Uri(shared.Server.Address, "/healthz")));

        using var listed = new OutboundHttp(new Settings { Outbound = new() { PrivateHosts = ["127.0.0.1"] } });
        Assert.Equal("ok", await listed.For(mayReachPrivate: false).GetStringAsync(new Uri(shared.Server.Address, "/healthz")));
        Assert.Equal(Reach.Listed, await listed.ReachOfAsync(shared.Server.Address, default));
    }

    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("100.64.0.1", true)]
    [InlineData("::ffff:192.168.1.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("2002:a00:1::", true)]
    [InlineData("fd00::1", true)]
    [InlineData("fe80::1", true)]
    public void Private_ranges_are_known_in_every_spelling(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, PrivateAddresses.IsPrivate(IPAddress.Parse(address)));

    private static object Account(string number, string url) => new
    {
        channel = "whatsapp_cloud", name = "Test",
        settings = new { phone_number_id = number, waba_id = "99" + number, access_token = "a", app_secret = "b", verify_token = "c", base_url = url },
    };
}
