using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>A Chatwoot within the house: a platform administrator allowed its address, and with it nothing else of the house's network.</summary>
public sealed class PrivateHostTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Fact]
    public async Task A_private_address_opens_that_host_and_no_other()
    {
        await using var secret = await FileNetwork.StartAsync((_, http) => http.Response.WriteAsync("secret"), "127.0.0.3");
        await using var chatwoot = await FileNetwork.StartAsync(
            async (n, http) =>
            {
                var path = http.Request.Path.Value!;
                if (path == "/blob") http.Response.Redirect("/disk");
                else if (path == "/away") http.Response.Redirect(secret.Address.ToString());
                else if (path == "/disk") await http.Response.Body.WriteAsync(MediaChat.Picture(64, 64));
                else await http.Response.WriteAsJsonAsync(new { id = 900 + n });
            },
            "127.0.0.2");
        var api = shared.Server.Api;
        var account = await api.PostAsync("/admin/channel-accounts", new
        {
            channel = "chatwoot", name = "In the house",
            settings = new { base_url = chatwoot.Address.ToString().TrimEnd('/'), account_id = "71", api_access_token = "t", url_token = "word", spacing_ms = "0" },
        });

        Assert.Equal("stored", await FileAsync(api, account, 1, new Uri(chatwoot.Address, "/blob")));
        Assert.Equal("lost", await FileAsync(api, account, 2, new Uri(chatwoot.Address, "/away")));
        Assert.Equal("lost", await FileAsync(api, account, 3, secret.Address));

        var chat = (await ChatsAsync(api, account))[0].GetProperty("id").GetGuid();
        var sent = (await api.PostAsync("/admin/whatsapp/send", new
        {
            conversation_id = chat, channel_source = "web", attachments = new[] { new { type = "image", url = secret.Address } },
        })).GetProperty("message_id").GetInt64();
        await Eventually.GetAsync(() => api.GetAsync($"/admin/chats/{chat}/messages"), all => Of(all, sent).GetProperty("status").GetString() == "failed", 20, "the send fails");
        // Words still reach the house's Chatwoot.
        var words = (await api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, channel_source = "web", message = "Hola" })).GetProperty("message_id").GetInt64();
        await Eventually.GetAsync(() => api.GetAsync($"/admin/chats/{chat}/messages"), all => Of(all, words).GetProperty("status").GetString() is "sent" or "delivered" or "read", 20, "words go");
        Assert.Equal(0, secret.Asked);
    }

    private static JsonElement Of(JsonElement all, long id) => all.EnumerateArray().Single(m => m.GetProperty("id").GetInt64() == id);

    /// <summary>The account's chats: others of the tenant have theirs.</summary>
    private static async Task<List<JsonElement>> ChatsAsync(Api api, JsonElement account) =>
        [.. (await api.GetAsync("/admin/chats/summary?limit=200")).EnumerateArray()
            .Where(c => c.GetProperty("platform_origin").GetGuid() == account.GetProperty("id").GetGuid())];

    /// <summary>A customer sends a picture that is at this address; what became of it.</summary>
    private static async Task<string> FileAsync(Api api, JsonElement account, int id, Uri at)
    {
        var hook = new Uri(account.GetProperty("webhook_url").GetString()!).PathAndQuery + "?token=word";
        var body = JsonSerializer.Serialize(new
        {
            @event = "message_created", id, content = "foto", message_type = "incoming", @private = false, account = new { id = 71 }, inbox = new { id = 5 },
            sender = new { id = 30, name = "Ana", thumbnail = at }, conversation = new { id = 12, inbox_id = 5, channel = "Channel::WebWidget" },
            attachments = new[] { new { id, file_type = "image", data_url = at } },
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await api.SendAsync(HttpMethod.Post, hook, content);
        Assert.True(answer.IsSuccessStatusCode);
        var chat = (await Eventually.GetAsync(() => ChatsAsync(api, account), all => all.Count == 1))[0].GetProperty("id").GetGuid();
        var all = await Eventually.GetAsync(
            () => api.GetAsync($"/admin/chats/{chat}/messages"), m => m.GetArrayLength() == id && State(m) is "stored" or "lost", 20, $"file {id} is decided");
        return State(all)!;

        static string? State(JsonElement all) => all[all.GetArrayLength() - 1].GetProperty("attachments")[0].GetProperty("state").GetString();
    }
}
