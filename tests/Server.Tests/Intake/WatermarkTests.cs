using ChatOperator.Conversations;
using ChatOperator.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>Reports by time: everything that the network had taken by then, and nothing else. The network here says nothing by itself.</summary>
public abstract class WatermarkTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task What_was_written_before_the_mark_and_sent_after_it_is_not_read()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await PageAsync(sandbox, spacingMs: 4000);
        var (first, second) = (await chat.SendAsync("uno"), await chat.SendAsync("dos"));
        await chat.ReachesAsync(first, "sent");
        await chat.ReadUntilAsync(Server.Time.GetUtcNow());
        Assert.Equal("read", await chat.StatusAsync(first));
        Assert.Equal("queued", await chat.StatusAsync(second));
        await chat.ReachesAsync(second, "sent");
        // The same mark again, and an older one, are no news.
        await chat.ReadUntilAsync(Server.Time.GetUtcNow().AddMinutes(-1));
        Assert.Equal("sent", await chat.StatusAsync(second));
        await chat.ReadUntilAsync(Server.Time.GetUtcNow());
        Assert.Equal("read", await chat.StatusAsync(second));
    }

    [Fact]
    public async Task A_mark_that_overtakes_the_answer_to_a_send_is_kept_for_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await PageAsync(sandbox);
        await sandbox.FaultsAsync(new { send = new { delay_ms = 6000, times = 1 }, webhook = new { drop = true } });
        var id = await chat.SendAsync("rápido");
        await chat.ReachesAsync(id, "sending");
        await chat.ReadUntilAsync(Server.Time.GetUtcNow().AddSeconds(8));
        Assert.Equal("sending", await chat.StatusAsync(id));
        await chat.ReachesAsync(id, "read");
    }

    [Fact]
    public async Task What_a_person_sent_outside_was_read_before_we_heard_of_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await PageAsync(sandbox);
        await chat.ReadUntilAsync(Server.Time.GetUtcNow().AddSeconds(5));
        await AcceptedAsync(chat.Account, MetaWebhook.Echo(chat.Account, chat.Person, "m_page", "Te respondo yo", app: 263902037430900));
        Assert.Equal("read", (await chat.Tenant.MessagesAsync(chat.Id))[^1].GetProperty("status").GetString());
        await AcceptedAsync(chat.Account, MetaWebhook.Echo(chat.Account, chat.Person, "m_late", "¿Algo más?", app: 263902037430900, at: Server.Time.GetUtcNow().AddSeconds(20)));
        Assert.Equal("sent", (await chat.Tenant.MessagesAsync(chat.Id))[^1].GetProperty("status").GetString());
        await chat.ReadUntilAsync(Server.Time.GetUtcNow().AddSeconds(30));
        Assert.Equal("read", (await chat.Tenant.MessagesAsync(chat.Id))[^1].GetProperty("status").GetString());
    }

    private async Task<Page> PageAsync(TestSandbox sandbox, int spacingMs = 0)
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.MessengerAsync(sandbox, more: new { spacing_ms = spacingMs.ToString(System.Globalization.CultureInfo.InvariantCulture), settle_seconds = "60" });
        await sandbox.Phone(NewPhone()).SaysAsync("hola", account, new { wait = true });
        var id = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        await sandbox.FaultsAsync(new { webhook = new { drop = true } });
        return new Page(tenant, account, id, await LookAsync(db => db.Conversations.Where(c => c.Id == id).Select(c => c.Address).SingleAsync()));
    }

    /// <summary>A page's chat with a person, by the page's own id of them.</summary>
    private sealed record Page(TestTenant Tenant, TestAccount Account, Guid Id, string Person)
    {
        public async Task<long> SendAsync(string text) => (await Tenant.Api.PostAsync(
            "/admin/whatsapp/send", new { conversation_id = Id, message = text, channel_source = "facebook" })).GetProperty("message_id").GetInt64();

        public async Task<string> StatusAsync(long id) =>
            (await Tenant.MessagesAsync(Id)).Single(m => m.GetProperty("id").GetInt64() == id).GetProperty("status").GetString()!;

        public Task<string> ReachesAsync(long id, string status) => Eventually.GetAsync(() => StatusAsync(id), s => s == status, 30, $"message {id} is {status}");

        public Task ReadUntilAsync(DateTimeOffset until) => AcceptedAsync(Account, MetaWebhook.ReadUntil(Account, Person, until));
    }
}

public sealed class WatermarksOnSqlite(OnSqlite shared) : WatermarkTests(shared), IClassFixture<OnSqlite>;

public sealed class WatermarksOnPostgres(OnPostgres shared) : WatermarkTests(shared), IClassFixture<OnPostgres>;
