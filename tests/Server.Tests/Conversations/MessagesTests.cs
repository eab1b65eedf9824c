using System.Net;
using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Conversations;

public abstract class MessagesTests(SharedServer shared)
{
    [Fact]
    public async Task The_newest_page_comes_first_and_older_ones_by_position()
    {
        var (tenant, rows, chat) = await ChatAsync();
        for (var i = 0; i < 7; i++) await rows.SayAsync(chat, $"{i}", rows.Start.AddSeconds(i));

        var newest = await tenant.MessagesAsync(chat, "?limit=3");
        Assert.Equal(["4", "5", "6"], newest.Select(Content));
        var older = await tenant.MessagesAsync(chat, $"?limit=3&before={Id(newest[0])}");
        Assert.Equal(["1", "2", "3"], older.Select(Content));
        Assert.Equal(["0"], (await tenant.MessagesAsync(chat, $"?limit=3&before={Id(older[0])}")).Select(Content));
    }

    [Fact]
    public async Task A_poller_sees_a_late_message_though_its_time_is_old()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await rows.SayAsync(chat, "uno", rows.Start.AddSeconds(10));
        var seen = await rows.SayAsync(chat, "dos", rows.Start.AddSeconds(20));
        await rows.SayAsync(chat, "tarde", rows.Start.AddSeconds(5));

        Assert.Equal(["tarde"], (await tenant.MessagesAsync(chat, $"?after={seen}")).Select(Content));
        Assert.Equal(["tarde", "uno", "dos"], (await tenant.MessagesAsync(chat)).Select(Content));
        Assert.Equal(["tarde", "uno"], (await tenant.MessagesAsync(chat, $"?before={seen}")).Select(Content));
        Assert.Equal("dos", Assert.Single(await tenant.SummaryAsync()).GetProperty("last_message").GetString());
    }

    [Fact]
    public async Task Since_a_cursor_come_new_and_changed_messages_and_nothing_else()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await rows.SayAsync(chat, "uno", rows.Start.AddSeconds(1));
        var (first, cursor) = await SinceAsync(tenant, chat, null);
        Assert.Equal(["uno"], first);

        await rows.SayAsync(chat, "dos", rows.Start.AddSeconds(2));
        await rows.SayAsync(chat, "tres", rows.Start.AddSeconds(3));
        var told = new List<string>();
        await Eventually.TrueAsync(async () =>
        {
            (var page, cursor) = await SinceAsync(tenant, chat, cursor, 1);
            told.AddRange(page);
            return page.Count == 0 && told.Count > 1;
        });
        // While another transaction of the same PostgreSQL ran, the first cursor may lie a little early and repeat what was shown.
        Assert.Equal(["dos", "tres"], told.Where(t => t != "uno").Distinct());

        await tenant.Api.RefusedAsync(HttpStatusCode.Gone, "cursor_expired", HttpMethod.Get, $"/admin/chats/{chat}/messages?since=deadbeef.1.1");
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, $"/admin/chats/{chat}/messages?since=x");
    }

    [Fact]
    public async Task A_message_shows_who_said_it()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await rows.SayAsync(chat, "hola", rows.Start.AddSeconds(1));
        await rows.SayAsync(chat, "desde el teléfono", rows.Start.AddSeconds(2), MessageAuthor.Echo);

        var messages = await tenant.MessagesAsync(chat);
        Assert.Equal("user", messages[0].GetProperty("sender").GetString());
        Assert.Equal("contact", messages[0].GetProperty("author").GetProperty("kind").GetString());
        Assert.Equal("Ana", messages[0].GetProperty("author").GetProperty("name").GetString());
        Assert.Equal("received", messages[0].GetProperty("status").GetString());
        Assert.False(messages[0].GetProperty("is_echo").GetBoolean());
        Assert.Equal(chat, messages[0].GetProperty("conversation_id").GetGuid());
        Assert.Equal("agent", messages[1].GetProperty("sender").GetString());
        Assert.True(messages[1].GetProperty("is_echo").GetBoolean());
    }

    [Fact]
    public async Task Reading_marks_only_when_told_and_only_up_to_where_it_is_told()
    {
        var (tenant, rows, chat) = await ChatAsync();
        var first = await rows.SayAsync(chat, "uno", rows.Start.AddSeconds(1));
        await rows.SayAsync(chat, "respuesta", rows.Start.AddSeconds(2), MessageAuthor.Operator);
        var second = await rows.SayAsync(chat, "dos", rows.Start.AddSeconds(3));
        await tenant.MessagesAsync(chat);
        Assert.Equal(2, await UnreadAsync(tenant));

        Assert.Equal(1, await ReadAsync(tenant, chat, first));
        Assert.Equal(0, await ReadAsync(tenant, chat, second));
        Assert.Equal(0, await ReadAsync(tenant, chat, first));
        Assert.Equal(0, await UnreadAsync(tenant));
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, $"/admin/chats/{chat}/read", new { up_to = 0 });
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, $"/admin/chats/{chat}/read", new { });
    }

    private async Task<(TestTenant Tenant, Rows Rows, Guid Chat)> ChatAsync()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        return (tenant, rows, await rows.ChatAsync(await rows.AccountAsync(), "Ana", "+5491155550101", rows.Start));
    }

    private static async Task<(List<string> Contents, string Cursor)> SinceAsync(TestTenant tenant, Guid chat, string? since, int limit = 50)
    {
        using var answer = await tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/{chat}/messages?limit={limit}" + (since is null ? "" : $"&since={since}"));
        var messages = JsonSerializer.Deserialize<List<JsonElement>>(await answer.Content.ReadAsStringAsync())!;
        return (messages.ConvertAll(m => Content(m)), answer.Headers.GetValues("X-Cursor").Single());
    }

    private static async Task<int> ReadAsync(TestTenant tenant, Guid chat, long upTo) =>
        (await tenant.Api.PostAsync($"/admin/chats/{chat}/read", new { up_to = upTo })).GetProperty("unread_count").GetInt32();

    private static async Task<int> UnreadAsync(TestTenant tenant) => (await tenant.SummaryAsync())[0].GetProperty("unread_count").GetInt32();

    private static string Content(JsonElement message) => message.GetProperty("content").GetString()!;

    private static long Id(JsonElement message) => message.GetProperty("id").GetInt64();
}

public sealed class MessagesOnSqlite(OnSqlite shared) : MessagesTests(shared), IClassFixture<OnSqlite>;

public sealed class MessagesOnPostgres(OnPostgres shared) : MessagesTests(shared), IClassFixture<OnPostgres>;
