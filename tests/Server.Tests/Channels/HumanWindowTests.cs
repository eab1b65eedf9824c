using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>The seven days in which people may answer: Meta gives them to approved apps alone.</summary>
public abstract class HumanWindowTests(SharedServer shared)
{
    private static int _phones = 70_000_000;

    [Theory]
    [InlineData("messenger")]
    [InlineData("instagram")]
    public async Task A_late_answer_of_an_app_without_approval_fails_alone(string channel)
    {
        var account = await ConnectAsync(channel);
        await shared.Sandbox.Control.PostAsync("/control/accounts", Played(account, approved: false));
        var (late, chat) = await WritesAsync(account, daysAgo: 3);
        var id = await SendAsync(account, chat, "Perdón por la demora");
        var failed = await ReachesAsync(account, chat, id, "failed");
        Assert.Contains("human_agent_not_approved", failed.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await late.ReceivedAsync(), m => m.GetProperty("text").GetString() == "Perdón por la demora");

        var (phone, fresh) = await WritesAsync(account, daysAgo: 0);
        await SendAsync(account, fresh, "A tiempo");
        await phone.ReceivesAsync("A tiempo");
        Assert.Equal("connected", (await account.Tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}")).GetProperty("state").GetString());

        await shared.Sandbox.Control.PostAsync("/control/accounts", Played(account, approved: true));
        await SendAsync(account, chat, "Ahora con permiso");
        await late.ReceivesAsync("Ahora con permiso");
    }

    [Theory]
    [InlineData("messenger")]
    [InlineData("instagram")]
    public async Task An_account_that_does_without_says_so_before_anything_is_sent(string channel)
    {
        var account = await ConnectAsync(channel, new { human_agent = false });
        var (_, chat) = await WritesAsync(account, daysAgo: 3);
        var policy = (await account.Tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("reply");
        Assert.Equal(policy.GetProperty("expires_at").GetDateTimeOffset(), policy.GetProperty("people_until").GetDateTimeOffset());
        await account.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, "/admin/whatsapp/send", new { conversation_id = chat, message = "Tarde", channel_source = Source(account) });
        await account.Tenant.Api.PatchAsync($"/admin/channel-accounts/{account.Id}", new { settings = new { human_agent = true } });
        Assert.True((await account.Tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("reply").GetProperty("people_until").GetDateTimeOffset()
            > shared.Server.Time.GetUtcNow());
    }

    private async Task<TestAccount> ConnectAsync(string channel, object? more = null)
    {
        var tenant = await shared.Server.TenantAsync();
        return channel == "messenger" ? await tenant.MessengerAsync(shared.Sandbox, more) : await tenant.InstagramAsync(shared.Sandbox, more: more);
    }

    private static Dictionary<string, object?> Played(TestAccount account, bool approved)
    {
        var change = new Dictionary<string, object?> { ["channel"] = account.Channel, ["human_agent"] = approved };
        foreach (var key in new[] { "page_id", "instagram_id" })
            if (account[key].Length > 0) change[key] = account[key];
        return change;
    }

    private async Task<(TestPhone Phone, Guid Chat)> WritesAsync(TestAccount account, int daysAgo)
    {
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
        var before = (await account.Tenant.SummaryAsync("?limit=200")).ConvertAll(c => c.GetProperty("id").GetGuid());
        await phone.SaysAsync("Hola", account, new { wait = true, timestamp = shared.Server.Time.GetUtcNow().AddDays(-daysAgo).ToUnixTimeSeconds() });
        var chats = await Eventually.GetAsync(() => account.Tenant.SummaryAsync("?limit=200"), all => all.Count > before.Count);
        return (phone, chats.Select(c => c.GetProperty("id").GetGuid()).Except(before).Single());
    }

    private static string Source(TestAccount account) => account.Channel == "messenger" ? "facebook" : "instagram";

    private static async Task<long> SendAsync(TestAccount account, Guid chat, string text) => (await account.Tenant.Api.PostAsync(
        "/admin/whatsapp/send", new { conversation_id = chat, message = text, channel_source = Source(account) })).GetProperty("message_id").GetInt64();

    private static async Task<JsonElement> ReachesAsync(TestAccount account, Guid chat, long id, string status) => (await Eventually.GetAsync(
        () => account.Tenant.MessagesAsync(chat), all => all.Exists(m => m.GetProperty("id").GetInt64() == id && m.GetProperty("status").GetString() == status), 20, status))
        .Find(m => m.GetProperty("id").GetInt64() == id);
}

public sealed class HumanWindowOnSqlite(OnSqlite shared) : HumanWindowTests(shared), IClassFixture<OnSqlite>;

public sealed class HumanWindowOnPostgres(OnPostgres shared) : HumanWindowTests(shared), IClassFixture<OnPostgres>;
