using System.Text.Json.Nodes;
using ChatOperator.Attachments.Inbound;
using ChatOperator.Channels.Contract;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Fetching in trouble: networks that are down, addresses that lead where they must not.</summary>
public sealed class FetchTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task A_network_that_is_down_is_asked_again_and_the_token_goes_nowhere_else()
    {
        var photo = MediaChat.Picture(64, 64);
        await using var elsewhere = await FileNetwork.StartAsync((_, http) => http.Response.WriteAsync("caught"));
        await using var network = await FileNetwork.StartAsync(async (n, http) =>
        {
            if (n == 1) http.Response.StatusCode = 503;
            else if (http.Request.Path.StartsWithSegments("/file"))
            {
                Assert.StartsWith("Bearer token-", http.Request.Headers.Authorization.ToString(), StringComparison.Ordinal);
                http.Response.ContentType = "image/jpeg";
                await http.Response.Body.WriteAsync(photo);
            }
            else
            {
                var id = http.Request.Path.Value![^1];
                var url = id == '7' ? elsewhere.Address.ToString().Replace("127.0.0.1", "127.0.0.2", StringComparison.Ordinal) : $"http://{http.Request.Host}/file";
                await http.Response.WriteAsJsonAsync(new { url, id = id.ToString(), mime_type = "image/jpeg" });
            }
        });
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(more: new { base_url = network.Address.ToString().TrimEnd('/') });
        await ReceiveAsync(account, "wamid.LATER", "11");
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        await FileIsAsync(tenant, chat, "stored");

        await ReceiveAsync(account, "wamid.ELSEWHERE", "17");
        await FileIsAsync(tenant, chat, "lost");
        Assert.Equal(0, elsewhere.Asked);
    }

    [Fact]
    public async Task A_redirect_is_followed_but_never_into_a_private_network()
    {
        await using var secret = await FileNetwork.StartAsync((_, http) => http.Response.WriteAsync("secret"));
        await using var network = await FileNetwork.StartAsync((_, http) =>
        {
            if (http.Request.Path == "/file") return http.Response.WriteAsync("bytes");
            http.Response.Redirect(http.Request.Path == "/good" ? "/file" : $"http://127.0.0.2:{secret.Address.Port}/");
            return Task.CompletedTask;
        });
        using var outbound = new OutboundHttp(new Settings { Outbound = new() { PrivateHosts = ["127.0.0.1"] } });
        var address = new OpenAddress(outbound);
        using (var good = Assert.IsType<OpenedMedia>(await address.OpenAsync(new Uri(network.Address, "/good").ToString(), false, CancellationToken.None)))
            Assert.Equal("bytes", await new StreamReader(good.Bytes).ReadToEndAsync());
        Assert.IsType<ClosedMedia>(await address.OpenAsync(new Uri(network.Address, "/bad").ToString(), false, CancellationToken.None));
        Assert.IsType<ClosedMedia>(await address.OpenAsync("file:///etc/passwd", false, CancellationToken.None));
        Assert.Equal(0, secret.Asked);
    }

    private static async Task ReceiveAsync(TestAccount account, string id, string media)
    {
        using var answer = await account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Messages(
            account, [WhatsAppWebhook.Contact("5491150001111")],
            WhatsAppWebhook.Message("5491150001111", id, "image", new JsonObject { ["id"] = media, ["mime_type"] = "image/jpeg" }))));
        Assert.True(answer.IsSuccessStatusCode);
    }

    private static Task FileIsAsync(TestTenant tenant, Guid chat, string state) => Eventually.GetAsync(
        () => tenant.MessagesAsync(chat), all => all[^1].GetProperty("attachments")[0].GetProperty("state").GetString() == state, 20, $"the file is {state}");
}
