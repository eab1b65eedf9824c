using System.Net;
using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Xunit;

namespace ChatOperator.Server.Tests.Conversations;

public abstract class HumanOverrideTests(SharedServer shared)
{
    [Fact]
    public async Task Taking_over_is_idempotent_and_giving_back_frees()
    {
        var (tenant, _, chat) = await ChatAsync();
        for (var i = 0; i < 2; i++)
        {
            var held = await SetAsync(tenant.Api, chat, new { locked = true });
            Assert.True(held.GetProperty("locked").GetBoolean());
            Assert.Equal("test owner", held.GetProperty("held_by").GetString());
            Assert.Equal("take_over", held.GetProperty("why").GetString());
            Assert.Equal(1, await VersionAsync(tenant, chat));
        }
        for (var i = 0; i < 2; i++)
        {
            Assert.False((await SetAsync(tenant.Api, chat, new { locked = false })).GetProperty("locked").GetBoolean());
            Assert.Equal(2, await VersionAsync(tenant, chat));
        }
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    [Fact]
    public async Task The_reason_may_be_in_any_words_and_is_kept()
    {
        var (tenant, _, chat) = await ChatAsync();
        var held = await SetAsync(tenant.Api, chat, new { locked = true, reason = "customer asked" });
        Assert.Equal(("take_over", true), (held.GetProperty("why").GetString(), held.GetProperty("locked").GetBoolean()));
        Assert.Equal("customer asked", (await HistoryAsync())[0].GetProperty("note").GetString());
        await SetAsync(tenant.Api, chat, new { locked = false, reason = "solved" });
        Assert.Equal("solved", (await HistoryAsync())[0].GetProperty("note").GetString());
        Assert.Equal("hand_off", (await SetAsync(tenant.Api, chat, new { locked = true, reason = "hand_off" })).GetProperty("why").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await HistoryAsync())[0].GetProperty("note").ValueKind);

        async Task<List<JsonElement>> HistoryAsync() => [.. (await tenant.Api.GetAsync($"/admin/conversations/{chat}/override-history")).EnumerateArray()];
    }

    [Fact]
    public async Task Another_human_keeps_it_unless_it_is_taken()
    {
        var (tenant, _, chat) = await ChatAsync();
        using var other = await tenant.AsAsync("operator");
        await SetAsync(tenant.Api, chat, new { locked = true });
        Assert.Equal("test owner", (await SetAsync(other, chat, new { locked = true })).GetProperty("held_by").GetString());
        Assert.Equal("test operator", (await SetAsync(other, chat, new { locked = true, take_over = true })).GetProperty("held_by").GetString());
    }

    [Fact]
    public async Task It_goes_back_by_itself_when_the_time_is_over()
    {
        var (tenant, _, chat) = await ChatAsync();
        await SetAsync(tenant.Api, chat, new { locked = true, until = shared.Server.Time.GetUtcNow().AddSeconds(1) });
        await Eventually.TrueAsync(async () => !(await tenant.SummaryAsync())[0].GetProperty("is_locked").GetBoolean());
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, $"/admin/conversations/{chat}/human-override",
            new { locked = true, until = shared.Server.Time.GetUtcNow().AddSeconds(-1) });
    }

    [Fact]
    public async Task A_viewer_may_not()
    {
        var (tenant, _, chat) = await ChatAsync();
        using var viewer = await tenant.AsAsync("viewer");
        await viewer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden", HttpMethod.Post, $"/admin/conversations/{chat}/human-override", new { locked = true });
    }

    [Fact]
    public async Task What_the_agent_has_queued_is_withdrawn()
    {
        var (tenant, rows, chat) = await ChatAsync();
        var message = await rows.SayAsync(chat, "Somos una panadería", rows.Start.AddSeconds(1), MessageAuthor.Agent);
        // Far in the future, so that no lane sends it before the lock.
        await rows.WriteAsync(db => db.Add(new Delivery
        {
            TenantId = tenant.Id, Id = shared.Server.Time.NewId(), ConversationId = chat, AccountId = Guid.Empty, MessageId = message,
            Content = """{"type":"text","body":"Somos una panadería"}""", ByAgent = true, Status = MessageStatus.Queued,
            NotBefore = shared.Server.Time.Now().AddDays(1),
        }));
        await SetAsync(tenant.Api, chat, new { locked = true });
        Assert.Equal("withdrawn", Assert.Single(await tenant.MessagesAsync(chat)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_answer_waits_for_what_the_agent_is_sending()
    {
        var (tenant, rows, chat) = await ChatAsync();
        var (message, delivery, attempt) = (await rows.SayAsync(chat, "…", rows.Start.AddSeconds(1), MessageAuthor.Agent), shared.Server.Time.NewId(), shared.Server.Time.NewId());
        var now = shared.Server.Time.Now();
        await rows.WriteAsync(db => db.AddRange(
            new Delivery
            {
                TenantId = tenant.Id, Id = delivery, ConversationId = chat, AccountId = Guid.Empty, MessageId = message, AttemptId = attempt,
                Content = """{"type":"text","body":"…"}""", ByAgent = true, Status = MessageStatus.Sending,
            },
            new DeliveryAttempt
            {
                TenantId = tenant.Id, Id = attempt, DeliveryId = delivery, MessageId = message, N = 1, StartedAt = now, SendDeadline = now.AddSeconds(2),
            }));
        await SetAsync(tenant.Api, chat, new { locked = true });
        Assert.True(shared.Server.Time.GetUtcNow() >= now.AddSeconds(2));
    }

    private async Task<(TestTenant Tenant, Rows Rows, Guid Chat)> ChatAsync()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        return (tenant, rows, await rows.ChatAsync(await rows.AccountAsync(), "Ana", "+5491155550101", rows.Start));
    }

    private static Task<JsonElement> SetAsync(Api api, Guid chat, object form) => api.PostAsync($"/admin/conversations/{chat}/human-override", form);

    private static async Task<int> VersionAsync(TestTenant tenant, Guid chat) =>
        (await tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("lock_version").GetInt32();
}

public sealed class HumanOverrideOnSqlite(OnSqlite shared) : HumanOverrideTests(shared), IClassFixture<OnSqlite>;

public sealed class HumanOverrideOnPostgres(OnPostgres shared) : HumanOverrideTests(shared), IClassFixture<OnPostgres>;
