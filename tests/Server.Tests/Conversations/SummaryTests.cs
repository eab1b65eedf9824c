using System.Net;
using System.Text.Json;
using ChatOperator.Conversations;
using Xunit;

namespace ChatOperator.Server.Tests.Conversations;

public abstract class SummaryTests(SharedServer shared)
{
    [Fact]
    public async Task Pages_by_cursor_show_every_chat_once_newest_first()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var account = await rows.AccountAsync();
        // Pairs of equal times: the id decides, and no page border may lose or repeat one.
        for (var i = 0; i < 11; i++) await rows.ChatAsync(account, $"Cliente {i}", $"+54911555501{i:00}", rows.Start.AddMinutes(i / 2));

        var whole = await tenant.SummaryAsync("?limit=200");
        var paged = new List<JsonElement>();
        for (var next = ""; next is not null;)
        {
            using var page = await tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/summary?limit=3&before={next}");
            paged.AddRange(JsonSerializer.Deserialize<List<JsonElement>>(await page.Content.ReadAsStringAsync())!);
            next = page.Headers.TryGetValues("X-Next-Cursor", out var cursor) ? cursor.Single() : null;
        }

        Assert.Equal(11, whole.Count);
        Assert.Equal(whole.Select(Id), paged.Select(Id));
        Assert.Equal(whole.Select(Id), whole.OrderByDescending(c => c.GetProperty("timestamp").GetString(), StringComparer.Ordinal).ThenByDescending(Id).Select(Id));
        Assert.Equal(whole.Skip(4).Take(3).Select(Id), (await tenant.SummaryAsync("?limit=3&offset=4")).Select(Id));
    }

    [Fact]
    public async Task A_row_tells_who_said_its_newest_message_though_an_older_one_came_later()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var id = await rows.ChatAsync(await rows.AccountAsync(), "Ana Gómez", "+5491155550101", rows.Start);
        await rows.SayAsync(id, "¿Tienen pan?", rows.Start.AddSeconds(10));
        await rows.SayAsync(id, "Buenas tardes", rows.Start.AddSeconds(5), MessageAuthor.Echo);
        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal(("¿Tienen pan?", "contact"), (chat.GetProperty("last_message").GetString(), chat.GetProperty("last_message_author").GetString()));
        await rows.SayAsync(id, "Sí", rows.Start.AddSeconds(11), MessageAuthor.Echo);
        chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal(("Sí", "echo"), (chat.GetProperty("last_message").GetString(), chat.GetProperty("last_message_author").GetString()));
    }

    [Fact]
    public async Task A_row_shows_what_the_specification_names()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var account = await rows.AccountAsync();
        var id = await rows.ChatAsync(account, "Ana Gómez", "+5491155550101", rows.Start);
        await rows.SayAsync(id, "¿Tienen pan?", rows.Start.AddSeconds(1));

        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal(id, chat.GetProperty("id").GetGuid());
        Assert.Equal("+5491155550101", chat.GetProperty("customer_phone").GetString());
        Assert.Equal("Ana Gómez", chat.GetProperty("display_name").GetString());
        Assert.Equal("¿Tienen pan?", chat.GetProperty("last_message").GetString());
        Assert.Equal("2026-11-01T10:00:01.000Z", chat.GetProperty("timestamp").GetString());
        Assert.Equal("whatsapp", chat.GetProperty("channel_source").GetString());
        Assert.Equal(1, chat.GetProperty("unread_count").GetInt32());
        Assert.False(chat.GetProperty("is_locked").GetBoolean());
        Assert.Equal(account.ToString(), chat.GetProperty("platform_origin").GetString());
        Assert.Equal("2026-11-01T10:00:01.000Z", chat.GetProperty("last_interaction_at").GetString());
        foreach (var name in (string[])["window_expires_at", "held_by"]) Assert.Equal(JsonValueKind.Null, chat.GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task Filters_choose_by_holder_and_channel()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var account = await rows.AccountAsync();
        var free = await rows.ChatAsync(account, "Libre", "+5491155550101", rows.Start);
        var held = await rows.ChatAsync(account, "Tomado", "+5491155550102", rows.Start, locked: true);
        var instagram = await rows.ChatAsync(account, "Foto", "", rows.Start, "instagram");

        Assert.Equal([held], (await tenant.SummaryAsync("?human_filter=human_only")).Select(Id));
        Assert.Equal([instagram, free], (await tenant.SummaryAsync("?human_filter=bot_only")).Select(Id));
        Assert.Equal([instagram], (await tenant.SummaryAsync("?channel=instagram&human_filter=all")).Select(Id));
        Assert.Equal(3, (await tenant.SummaryAsync("?human_filter=&channel=&q=&before=")).Count);
    }

    [Theory]
    [InlineData("limit=0"), InlineData("limit=201"), InlineData("limit=x"), InlineData("offset=-1"), InlineData("human_filter=some")]
    [InlineData("channel=telegram"), InlineData("before=nonsense"), InlineData("before=99999999999999999-00000000000000000000000000000000")]
    public async Task What_it_does_not_understand_it_refuses(string query)
    {
        var tenant = await shared.Server.TenantAsync();
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, $"/admin/chats/summary?{query}");
    }

    [Fact]
    public async Task Whoever_polls_an_unchanged_list_gets_304()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var chat = await rows.ChatAsync(await rows.AccountAsync(), "Ana", "+5491155550101", rows.Start);

        using var first = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary");
        var tag = first.Headers.ETag!;
        Assert.True(tag.IsWeak);
        using var second = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary", null, ("If-None-Match", tag.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        Assert.Contains("X-Cursor", second.Headers.Select(h => h.Key));

        await rows.SayAsync(chat, "Hola", rows.Start.AddSeconds(1));
        using var third = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary", null, ("If-None-Match", tag.ToString()));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Another_tenants_chats_do_not_exist()
    {
        var (mine, other) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync("Otra"));
        var rows = new Rows(other);
        var chat = await rows.ChatAsync(await rows.AccountAsync(), "Ajena", "+5491155550101", rows.Start);

        Assert.Empty(await mine.SummaryAsync());
        await mine.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/chats/{chat}/messages");
        await mine.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/conversations/{chat}");
        await mine.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, $"/admin/chats/{chat}/read", new { up_to = 1 });
    }

    private static Guid Id(JsonElement chat) => chat.GetProperty("id").GetGuid();
}

public sealed class SummaryOnSqlite(OnSqlite shared) : SummaryTests(shared), IClassFixture<OnSqlite>;

public sealed class SummaryOnPostgres(OnPostgres shared) : SummaryTests(shared), IClassFixture<OnPostgres>;
