using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>A status never gets lost or goes back.</summary>
public abstract class StatusTests(SharedServer shared) : IntakeTest(shared)
{
    [Theory]
    [InlineData("delivered", "delivered")]
    [InlineData("sent,delivered,read", "read")]
    [InlineData("read,delivered,sent", "read")]
    [InlineData("delivered,delivered,delivered", "delivered")]
    [InlineData("failed", "failed")]
    [InlineData("sent,failed,failed", "failed")]
    [InlineData("failed,delivered", "delivered")]
    [InlineData("delivered,failed", "delivered")]
    [InlineData("failed,sent", "failed")]
    [InlineData("read,played,read", "played")]
    public async Task Statuses_only_go_forward_one_by_one_and_in_one_batch(string told, string ends)
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var one = await SentAsync(account, phone, MessageStatus.Sent, "wamid.one");
        foreach (var status in told.Split(',')) await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Of("wamid.one", status, phone))));
        Assert.Equal(ends, await StatusAsync(tenant, one));

        var all = await SentAsync(account, phone, MessageStatus.Sent, "wamid.all");
        await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, [.. told.Split(',').Select(s => Of("wamid.all", s, phone))])));
        Assert.Equal(ends, await StatusAsync(tenant, all));
        var counts = await CountsAsync(tenant.Id);
        Assert.Equal(1 + 2 * told.Split(',').Length, counts.Values.Sum());
    }

    [Fact]
    public async Task A_status_that_overtakes_the_send_call_settles_it_by_our_own_id()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var message = await SentAsync(account, phone, MessageStatus.Sending, null);
        var delivery = await LookAsync(db => db.Deliveries.SingleAsync(d => d.TenantId == tenant.Id && d.MessageId == message));
        await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Status("wamid.early", "delivered", phone, delivery.Id))));

        Assert.Equal("delivered", await StatusAsync(tenant, message));
        var id = await LookAsync(db => db.ExternalIds.SingleAsync(e => e.TenantId == tenant.Id && e.Id == "wamid.early"));
        Assert.Equal((message, delivery.Id), (id.MessageId, id.DeliveryId!.Value));
        // From now on the network's id alone is enough.
        await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Of("wamid.early", "read", phone))));
        Assert.Equal("read", await StatusAsync(tenant, message));
    }

    [Theory]
    [InlineData("delivered,failed", 2)]
    [InlineData("failed,delivered", 2)]
    [InlineData("sent,failed", 10)]
    [InlineData("failed,sent", 10)]
    [InlineData("read,sent", 3)]
    public async Task A_status_of_a_send_that_is_not_known_yet_waits_for_it(string told, int kept)
    {
        var (tenant, account) = await ConnectAsync();
        foreach (var status in told.Split(',')) await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Of("wamid.x", status, NewPhone()))));
        var id = await LookAsync(db => db.ExternalIds.SingleAsync(e => e.TenantId == tenant.Id));
        Assert.Equal(kept, id.PendingRank);
        Assert.Equal(kept == 10, id.PendingError is not null);
        Assert.All(await ReceiptsAsync(tenant.Id), r => Assert.Equal((Verdict.Applied, "parked"), (r.Verdict, r.Reason)));
    }

    /// <summary>The app on a person's phone sends, and what became of it overtakes the echo.</summary>
    [Fact]
    public async Task A_status_that_overtakes_its_echo_shows_once_the_echo_is_here()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        foreach (var status in (string[])["delivered", "read", "sent"]) await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Of("wamid.app", status, phone))));
        Assert.Empty(await tenant.SummaryAsync());
        await AcceptedAsync(account, WhatsAppWebhook.Of(Echoes(account, Echo(phone, "wamid.app", "Te lo llevo yo"))));
        var echo = Assert.Single(await MessagesAsync(tenant));
        Assert.Equal(("Te lo llevo yo", true, "read"), (
            echo.GetProperty("content").GetString(), echo.GetProperty("is_echo").GetBoolean(), echo.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task What_a_person_sent_by_the_phone_is_ticked_too_and_never_back()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, WhatsAppWebhook.Of(Echoes(account, Echo(phone, "wamid.app", "Te lo llevo yo"))));
        foreach (var (status, shown) in ((string, string)[])[("delivered", "delivered"), ("sent", "delivered"), ("read", "read"), ("delivered", "read")])
        {
            await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Of("wamid.app", status, phone))));
            Assert.Equal(shown, Assert.Single(await MessagesAsync(tenant)).GetProperty("status").GetString());
        }
        Assert.Equal(
            [(Verdict.Applied, null), (Verdict.Applied, null), (Verdict.Duplicate, null), (Verdict.Applied, null), (Verdict.Duplicate, (string?)null)],
            (await ReceiptsAsync(tenant.Id)).Select(r => (r.Verdict, r.Reason)));
    }

    [Fact]
    public async Task A_failure_says_why()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var message = await SentAsync(account, phone, MessageStatus.Sent, "wamid.f");
        await AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Status("wamid.f", "failed", phone, error: 131047))));
        var error = (await MessagesAsync(tenant)).Single(m => m.GetProperty("id").GetInt64() == message).GetProperty("error");
        Assert.Contains("131047", error.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A batch looks at what its reports speak of before it locks anything: what was taken up in between is looked at anew.</summary>
    [Fact]
    public async Task A_send_that_opens_while_a_report_waits_for_its_lock_is_settled_by_the_report()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var message = await SentAsync(account, phone, MessageStatus.Failed, "wamid.first");
        var (attempt, now) = (Server.Time.NewId(), Server.Time.Now());
        var reporting = await LookAsync(db => db.WriteAsync(async () =>
        {
            if (db is PostgresDb) await db.Database.ExecuteSqlAsync($"SELECT 1 FROM message WHERE tenant_id = {tenant.Id} AND id = {message} FOR UPDATE");
            var delivery = await db.Deliveries.SingleAsync(d => d.TenantId == tenant.Id && d.MessageId == message);
            var told = AcceptedAsync(account, WhatsAppWebhook.Of(Statuses(account, Status("wamid.second", "delivered", phone, delivery.Id))));
            if (db is PostgresDb)
                await Eventually.TrueAsync(async () => await db.Database
                    .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))").SingleAsync() > 0);
            var conversation = await db.Conversations.SingleAsync(c => c.TenantId == tenant.Id && c.Id == delivery.ConversationId);
            (delivery.Status, delivery.Attempts, delivery.AttemptId, conversation.InFlight) = (MessageStatus.Sending, 2, attempt, attempt);
            db.DeliveryAttempts.Add(new DeliveryAttempt
            {
                TenantId = tenant.Id, Id = attempt, DeliveryId = delivery.Id, MessageId = message, N = 2, StartedAt = now, SendDeadline = now.AddMinutes(1),
            });
            return told;
        }));
        await reporting;

        Assert.Equal("delivered", await StatusAsync(tenant, message));
        Assert.Null(await LookAsync(db => db.Conversations.Where(c => c.TenantId == tenant.Id).Select(c => c.InFlight).SingleAsync()));
        Assert.Equal(AttemptOutcome.Settled, await LookAsync(db => db.DeliveryAttempts.Where(a => a.TenantId == tenant.Id).Select(a => a.Outcome).SingleAsync()));
        Assert.Equal(new Dictionary<Verdict, long> { [Verdict.Applied] = 2 }, await CountsAsync(tenant.Id));
    }

    [Fact]
    public async Task A_status_of_another_accounts_send_changes_nothing()
    {
        var (tenant, account) = await ConnectAsync();
        var (_, foreign) = await ConnectAsync();
        var phone = NewPhone();
        var message = await SentAsync(account, phone, MessageStatus.Sent, "wamid.mine");
        var delivery = await LookAsync(db => db.Deliveries.SingleAsync(d => d.TenantId == tenant.Id && d.MessageId == message));
        await AcceptedAsync(foreign, WhatsAppWebhook.Of(Statuses(foreign, Status("wamid.mine", "read", phone, delivery.Id))));
        Assert.Equal("sent", await StatusAsync(tenant, message));
    }

    private static System.Text.Json.Nodes.JsonObject Of(string id, string status, string phone) => Status(id, status, phone, error: status == "failed" ? 131026 : null);

    private static async Task<string> StatusAsync(TestTenant tenant, long message) =>
        (await MessagesAsync(tenant)).Single(m => m.GetProperty("id").GetInt64() == message).GetProperty("status").GetString()!;

    /// <summary>A send of ours as the outbox leaves it, into the chat with this person.</summary>
    private async Task<long> SentAsync(TestAccount account, string phone, MessageStatus status, string? externalId)
    {
        var tenant = account.Tenant.Id;
        if ((await account.Tenant.SummaryAsync()).Count == 0) await AcceptedAsync(account, Text(account, phone, "wamid.in", "hola"));
        var chat = Assert.Single(await account.Tenant.SummaryAsync()).GetProperty("id").GetGuid();
        return await LookAsync(db => db.WriteAsync(async () =>
        {
            var (id, now) = (await db.NextMessageAsync(), Server.Time.Now());
            var delivery = Server.Time.NewId();
            db.Messages.Add(new Message
            {
                TenantId = tenant, Id = id, ConversationId = chat, Author = MessageAuthor.Operator, Type = "text", Text = "Va", At = now, ArrivedAt = now,
                CorrelationId = delivery, Status = status, ExternalId = externalId,
            });
            db.Deliveries.Add(new Delivery
            {
                TenantId = tenant, Id = delivery, ConversationId = chat, AccountId = account.Id, MessageId = id, Content = """{"type":"text","body":"Va"}""",
                Status = status, Attempts = 1, ExternalId = externalId,
            });
            if (externalId is not null)
                db.ExternalIds.Add(new ExternalId { TenantId = tenant, AccountId = account.Id, Id = externalId, MessageId = id, DeliveryId = delivery, At = now });
            return id;
        }));
    }
}

public sealed class StatusesOnSqlite(OnSqlite shared) : StatusTests(shared), IClassFixture<OnSqlite>;

public sealed class StatusesOnPostgres(OnPostgres shared) : StatusTests(shared), IClassFixture<OnPostgres>;
