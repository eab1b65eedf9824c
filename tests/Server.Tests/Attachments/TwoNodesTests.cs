using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChatOperator.Attachments;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Two nodes look for due files at the same moments: each file is fetched by one of them, once.</summary>
public sealed class TwoNodesTests
{
    private const int Files = 40;

    [Fact]
    public async Task Each_file_is_fetched_once()
    {
        var photo = MediaChat.Picture(64, 64);
        var downloads = new ConcurrentDictionary<string, int>();
        await using var network = await FileNetwork.StartAsync(async (_, http) =>
        {
            var id = http.Request.Path.Value!.Split('/')[^1];
            if (http.Request.Path.StartsWithSegments("/file"))
            {
                downloads.AddOrUpdate(id, 1, (_, n) => n + 1);
                http.Response.ContentType = "image/jpeg";
                await http.Response.Body.WriteAsync(photo);
            }
            else await http.Response.WriteAsJsonAsync(new { url = $"http://{http.Request.Host}/file/{id}", id, mime_type = "image/jpeg" });
        });
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Postgres);
        installation.Settings["Cluster:Enabled"] = "true";
        installation.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        await using var one = await TestServer.StartAsync(installation);
        await using var other = await TestServer.StartAsync(installation);
        var tenant = await one.TenantAsync();
        var account = await tenant.WhatsAppAsync(more: new { base_url = network.Address.ToString().TrimEnd('/') });
        // Received by both, so that both are woken while the other's files are due too.
        await Task.WhenAll(Enumerable.Range(0, Files / 4).Select(batch => ReceiveAsync(account, batch % 2 == 0 ? one : other, batch * 4)));
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        await Eventually.GetAsync(
            () => tenant.MessagesAsync(chat, "?limit=200"),
            all => all.Count == Files && all.All(m => m.GetProperty("attachments")[0].GetProperty("state").GetString() == "stored"), 60, "all files are stored");

        Assert.Equal(Files, downloads.Count);
        Assert.All(downloads.Values, times => Assert.Equal(1, times));
        await using var db = one.Services.GetRequiredService<Databases>().ForSystem();
        Assert.Equal(Files, await db.Attachments.CountAsync(a => a.TenantId == tenant.Id && a.Tries == 1 && a.State == AttachmentState.Stored && a.DueAt == null));
    }

    private static async Task ReceiveAsync(TestAccount account, TestServer node, int first)
    {
        var messages = Enumerable.Range(first, 4).Select(n => WhatsAppWebhook.Message(
            "5491150001111", $"wamid.RACE{n}", "image", new JsonObject { ["id"] = $"{1000 + n}", ["mime_type"] = "image/jpeg" })).ToArray();
        var body = WhatsAppWebhook.Of(WhatsAppWebhook.Messages(account, [WhatsAppWebhook.Contact("5491150001111")], messages));
        var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        using var answer = await node.Api.SendAsync(
            HttpMethod.Post, account.WebhookUrl.PathAndQuery, content, ("X-Hub-Signature-256", TestAccount.Sign(bytes, account["app_secret"])));
        Assert.True(answer.IsSuccessStatusCode);
    }
}
