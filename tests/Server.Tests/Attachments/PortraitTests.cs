using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOperator.Attachments;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Contacts' pictures: fetched where the network gives one, kept small and as ours, and never anything but a picture.</summary>
public abstract class PortraitTests(SharedServer shared)
{
    private static int _phones = 60_000_000;

    [Theory]
    [InlineData("messenger")]
    [InlineData("instagram")]
    public async Task A_picture_that_is_asked_for_is_shown_and_asked_for_again_when_it_is_old(string channel)
    {
        var tenant = await shared.Server.TenantAsync();
        var account = channel == "messenger" ? await tenant.MessengerAsync(shared.Sandbox) : await tenant.InstagramAsync(shared.Sandbox);
        var phone = NewPhone();
        await phone.SaysAsync("hola", account, new { wait = true });
        var (chat, first) = await ShownAsync(tenant, null);
        await IsSmallPictureAsync(first);
        Assert.Equal(first, (await tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("picture_url").GetString());

        await shared.Sandbox.Control.PutAsync($"/control/phones/{phone.Digits}", new { portrait = 1 });
        await LookAsync(db => db.Conversations.Where(c => c.TenantId == tenant.Id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ProfileDueAt, shared.Server.Time.GetUtcNow())));
        var (_, second) = await ShownAsync(tenant, first);
        await IsSmallPictureAsync(second);
        // Nothing is left of the old one.
        await Eventually.GetAsync(() => PortraitsAsync(tenant), left => left == 1);
        using var gone = await MediaChat.FetchAsync(first);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        // Asked for again and unchanged: the address stays, so that nobody loads it anew.
        await LookAsync(db => db.Conversations.Where(c => c.TenantId == tenant.Id)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.ProfileDueAt, shared.Server.Time.GetUtcNow())));
        await Eventually.GetAsync(() => LookAsync(db => db.Conversations.SingleAsync(c => c.TenantId == tenant.Id)), c => c.ProfileDueAt > shared.Server.Time.GetUtcNow().AddDays(6));
        await Eventually.GetAsync(() => PortraitsAsync(tenant), left => left == 1);
        Assert.Equal(second, Assert.Single(await tenant.SummaryAsync()).GetProperty("picture_url").GetString());
    }

    [Fact]
    public async Task A_picture_that_webhooks_name_is_fetched_whenever_it_changes()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.ChatwootAsync(shared.Sandbox);
        var phone = NewPhone();
        await phone.SaysAsync("hola", account, new { wait = true });
        var (_, first) = await ShownAsync(tenant, null);
        await IsSmallPictureAsync(first);
        await shared.Sandbox.Control.PutAsync($"/control/phones/{phone.Digits}", new { portrait = 1 });
        await phone.SaysAsync("cambié la foto", account, new { wait = true });
        await ShownAsync(tenant, first);
        await Eventually.GetAsync(() => PortraitsAsync(tenant), left => left == 1);
    }

    [Fact]
    public async Task What_is_no_picture_is_not_shown_and_cannot_be_sent()
    {
        await using var network = await FileNetwork.StartAsync((_, http) =>
        {
            http.Response.ContentType = "image/png";
            return http.Response.WriteAsync("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>");
        });
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.ChatwootAsync(shared.Sandbox);
        Assert.Equal(HttpStatusCode.OK, await WriteAsync(account, new Uri(network.Address, "/avatar.png").ToString()));
        await Eventually.GetAsync(() => Task.FromResult(network.Asked), asked => asked == 1);
        await Eventually.GetAsync(() => PortraitsAsync(tenant), left => left == 0);
        Assert.Equal(JsonValueKind.Null, Assert.Single(await tenant.SummaryAsync()).GetProperty("picture_url").ValueKind);

        // A picture is no upload: its id, which its address tells, can neither be sent nor taken back.
        var other = await tenant.MessengerAsync(shared.Sandbox);
        await NewPhone().SaysAsync("hola", other, new { wait = true });
        var chat = (await Eventually.GetAsync(
            () => tenant.SummaryAsync(), all => all.Exists(c => c.GetProperty("picture_url").ValueKind == JsonValueKind.String), 30, "there is a picture"))
            .Find(c => c.GetProperty("picture_url").ValueKind == JsonValueKind.String);
        var id = Guid.ParseExact(new Uri(chat.GetProperty("picture_url").GetString()!).Segments[3].Trim('/'), "N");
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = chat.GetProperty("id").GetGuid(), channel_source = "facebook", attachments = new[] { new { id } } });
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Delete, $"/admin/attachments/{id}", null);
    }

    private TestPhone NewPhone() => shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>The tenant's only chat, once it has a picture other than this one.</summary>
    private static async Task<(Guid Chat, string Url)> ShownAsync(TestTenant tenant, string? before)
    {
        var chat = await Eventually.GetAsync(
            async () => (await tenant.SummaryAsync()).FirstOrDefault(),
            c => c.ValueKind == JsonValueKind.Object && c.GetProperty("picture_url").GetString() is { } url && url != before, 30, "another picture is shown");
        return (chat.GetProperty("id").GetGuid(), chat.GetProperty("picture_url").GetString()!);
    }

    private static async Task IsSmallPictureAsync(string url)
    {
        using var answer = await MediaChat.FetchAsync(url);
        Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
        using var codec = SKCodec.Create(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        Assert.InRange(Math.Max(codec.Info.Width, codec.Info.Height), 32, 160);
    }

    private Task<int> PortraitsAsync(TestTenant tenant) =>
        LookAsync(db => db.Attachments.CountAsync(a => a.TenantId == tenant.Id && a.Kind == Attachment.Portrait));

    private async Task<T> LookAsync<T>(Func<AppDb, Task<T>> look)
    {
        await using var db = shared.Server.Services.GetRequiredService<Databases>().ForSystem();
        return await db.WriteAsync(() => look(db));
    }

    /// <summary>A customer writes whose picture is at this address.</summary>
    private static async Task<HttpStatusCode> WriteAsync(TestAccount account, string thumbnail)
    {
        var sender = new { id = 30, name = "Ana", thumbnail };
        var body = JsonSerializer.Serialize(new
        {
            @event = "message_created", id = 1, content = "hola", message_type = "incoming", @private = false, account = new { id = account["account_id"] },
            inbox = new { id = account["inbox_id"] }, sender, conversation = new { id = 12, inbox_id = account["inbox_id"], channel = "Channel::WebWidget", meta = new { sender } },
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await account.Tenant.Api.SendAsync(HttpMethod.Post, $"{account.WebhookUrl.PathAndQuery}?token={account["url_token"]}", content);
        return answer.StatusCode;
    }
}

public sealed class PortraitsOnSqlite(OnSqlite shared) : PortraitTests(shared), IClassFixture<OnSqlite>;

public sealed class PortraitsOnPostgres(OnPostgres shared) : PortraitTests(shared), IClassFixture<OnPostgres>;
