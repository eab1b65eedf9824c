using System.Globalization;
using System.Text.Json.Nodes;
using ChatOperator.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Fetching in trouble: networks that are down, addresses that lead where they must not.</summary>
public sealed class FetchTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    private static int _phones = 80_000_000;

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

    /// <summary>As object stores do, the place it leads to refuses whoever brings a credential along.</summary>
    [Theory]
    [InlineData("whatsapp_cloud")]
    [InlineData("ycloud")]
    [InlineData("messenger")]
    [InlineData("instagram")]
    [InlineData("chatwoot")]
    public async Task A_file_that_has_moved_is_followed_without_our_credential(string channel)
    {
        var account = await ConnectAsync(channel);
        await shared.Sandbox.FaultsAsync(new { media = new { redirect = "store" } });
        var chat = await ShowAsync(account);
        await FileIsAsync(account.Tenant, chat, "stored");
        await shared.Sandbox.HealAsync();
    }

    [Theory]
    [InlineData("whatsapp_cloud")]
    [InlineData("ycloud")]
    [InlineData("messenger")]
    [InlineData("instagram")]
    [InlineData("chatwoot")]
    public async Task A_redirect_into_a_private_network_is_not_followed(string channel)
    {
        await using var secret = await FileNetwork.StartAsync((_, http) => http.Response.WriteAsync("secret"), "127.0.0.2");
        var account = await ConnectAsync(channel);
        await shared.Sandbox.FaultsAsync(new { media = new { redirect = secret.Address } });
        var chat = await ShowAsync(account);
        await FileIsAsync(account.Tenant, chat, "lost");
        Assert.Equal(0, secret.Asked);
        await shared.Sandbox.HealAsync();
    }

    [Theory]
    [InlineData("whatsapp_cloud", 401)]
    [InlineData("whatsapp_cloud", 403)]
    [InlineData("ycloud", 401)]
    [InlineData("ycloud", 429)]
    [InlineData("messenger", 408)]
    [InlineData("instagram", 429)]
    [InlineData("chatwoot", 429)]
    public async Task A_host_that_refuses_for_a_moment_is_asked_again(string channel, int status)
    {
        var account = await ConnectAsync(channel);
        await shared.Sandbox.FaultsAsync(new { media = new { http = status, times = 2 } });
        var chat = await ShowAsync(account);
        await FileIsAsync(account.Tenant, chat, "stored");
        await shared.Sandbox.HealAsync();
    }

    private async Task<TestAccount> ConnectAsync(string channel)
    {
        var tenant = await shared.Server.TenantAsync();
        return channel switch
        {
            "whatsapp_cloud" => await tenant.WhatsAppAsync(shared.Sandbox),
            "ycloud" => await tenant.YCloudAsync(shared.Sandbox),
            "messenger" => await tenant.MessengerAsync(shared.Sandbox),
            "instagram" => await tenant.InstagramAsync(shared.Sandbox),
            _ => await tenant.ChatwootAsync(shared.Sandbox),
        };
    }

    /// <summary>A customer sends a picture.</summary>
    private async Task<Guid> ShowAsync(TestAccount account)
    {
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
        await phone.SaysAsync("", account, new { type = "image", text = (string?)null, wait = true });
        return (await Eventually.GetAsync(() => account.Tenant.SummaryAsync(), all => all.Count == 1))[0].GetProperty("id").GetGuid();
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
