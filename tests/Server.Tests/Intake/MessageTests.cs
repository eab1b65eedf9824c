using System.Text.Json.Nodes;
using ChatOperator.Harness;
using ChatOperator.Intake;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

public abstract class MessageTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task A_text_becomes_one_message_in_one_chat()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, at) = (NewPhone(), DateTimeOffset.FromUnixTimeSeconds(Server.Time.GetUtcNow().ToUnixTimeSeconds() - 60));
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "¡Hola! 🍕", at));

        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal("+" + phone, chat.GetProperty("customer_phone").GetString());
        Assert.Equal("Ana", chat.GetProperty("display_name").GetString());
        Assert.Equal("¡Hola! 🍕", chat.GetProperty("last_message").GetString());
        Assert.Equal(1, chat.GetProperty("unread_count").GetInt32());
        Assert.Equal(at.AddHours(24), chat.GetProperty("window_expires_at").GetDateTimeOffset());
        var message = Assert.Single(await MessagesAsync(tenant));
        Assert.Equal("¡Hola! 🍕", message.GetProperty("content").GetString());
        Assert.Equal(at, message.GetProperty("timestamp").GetDateTimeOffset());
        var receipt = Assert.Single(await ReceiptsAsync(tenant.Id));
        Assert.Equal(Verdict.Applied, receipt.Verdict);
        Assert.Equal(receipt.Id, message.GetProperty("correlation_id").GetGuid());
        Assert.InRange(receipt.LagMs!.Value, 59_000, 120_000);
    }

    [Fact]
    public async Task Repeated_webhooks_change_nothing_and_are_counted()
    {
        var (tenant, account) = await ConnectAsync();
        var body = Text(account, NewPhone(), "wamid.1", "una vez");
        for (var i = 0; i < 3; i++) await AcceptedAsync(account, body);

        Assert.Single(await MessagesAsync(tenant));
        Assert.Equal(1, Assert.Single(await tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
        Assert.Equal([Verdict.Applied, Verdict.Duplicate, Verdict.Duplicate], (await ReceiptsAsync(tenant.Id)).Select(r => r.Verdict));
        Assert.Equal(new() { [Verdict.Applied] = 1, [Verdict.Duplicate] = 2 }, await CountsAsync(tenant.Id));
    }

    [Fact]
    public async Task Concurrent_repeats_by_two_hooks_are_one_message()
    {
        var (tenant, account) = await ConnectAsync();
        // The app's own webhook and the number's override both deliver the same bytes.
        var other = await tenant.WhatsAppAsync(more: new { app_secret = account["app_secret"] });
        var phone = NewPhone();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AcceptedAsync(i % 2 == 0 ? account : other, Text(account, phone, $"wamid.{i / 6}", $"{i / 6}"))));

        Assert.Equal(10, (await MessagesAsync(tenant)).Count);
        Assert.Equal(10, Assert.Single(await tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
        Assert.Equal(new() { [Verdict.Applied] = 10, [Verdict.Duplicate] = 50 }, await CountsAsync(tenant.Id));
    }

    [Fact]
    public async Task One_id_on_two_accounts_is_two_messages()
    {
        var (tenant, account) = await ConnectAsync();
        var other = await tenant.WhatsAppAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Text(account, phone, "wamid.same", "a"));
        await AcceptedAsync(other, Text(other, phone, "wamid.same", "b"));
        Assert.Equal(2, (await tenant.SummaryAsync()).Count);
    }

    [Fact]
    public async Task A_batch_is_taken_apart_and_every_item_judged_by_itself()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(
            Messages(account, [Contact(phone)], Message(phone, "wamid.1", "uno"), Message(phone, "wamid.1", "uno"), Message(phone, "wamid.2", "dos")),
            Messages(account, [Contact(phone)], Message(phone, "wamid.3", "reaction", new JsonObject { ["message_id"] = "wamid.1", ["emoji"] = "👍" })),
            Statuses(account, Status("wamid.never", "delivered", phone)),
            Change(account, "field_of_tomorrow"),
            Messages(account, [Contact(phone)], new JsonObject { ["type"] = "text" }, Message(phone, "wamid.4", "tres"))));

        Assert.Equal(["uno", "dos", "tres"], Words(await MessagesAsync(tenant)));
        var items = Receipts.ItemsOf(Assert.Single(await ReceiptsAsync(tenant.Id)));
        Assert.Equal(
            ["message applied", "message duplicate", "message applied", "reaction applied", "status applied", "unsupported unsupported", "anomalous anomalous", "message applied"],
            items.Select(i => $"{i.Kind} {ChatOperator.Db.Word.Of(i.Verdict)}"));
        Assert.Equal(
            new() { [Verdict.Applied] = 5, [Verdict.Duplicate] = 1, [Verdict.Unsupported] = 1, [Verdict.Anomalous] = 1 }, await CountsAsync(tenant.Id));
    }

    [Fact]
    public async Task What_cannot_be_shown_is_still_a_message()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Message(phone, "wamid.1", "hologram", new JsonObject { ["x"] = 1 }))));
        var message = Assert.Single(await MessagesAsync(tenant));
        Assert.Equal("unsupported", message.GetProperty("type").GetString());
        Assert.NotEmpty(message.GetProperty("content").GetString()!);
        Assert.Equal(1, Assert.Single(await tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
    }

    [Fact]
    public async Task Characters_that_cannot_be_stored_are_replaced()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var body = Text(account, phone, "wamid.1", "a__b", name: "N__").ToJsonString().Replace("a__b", "a\\u0000b\\ud83d!\\\\u0000", StringComparison.Ordinal)
            .Replace("N__", "N\\u0000\\udc00", StringComparison.Ordinal);
        using var answer = await account.WebhookAsync(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.True(answer.IsSuccessStatusCode);
        var caption = Of(Messages(account, [Contact(phone)], Message(phone, "wamid.2", "image", new JsonObject { ["id"] = "1", ["caption"] = "c__" })));
        using var second = await account.WebhookAsync(
            System.Text.Encoding.UTF8.GetBytes(caption.ToJsonString().Replace("c__", "c\\u0000\\udfff", StringComparison.Ordinal)));
        Assert.True(second.IsSuccessStatusCode);

        Assert.Equal("a\uFFFDb\uFFFD!\\u0000", (await MessagesAsync(tenant))[0].GetProperty("content").GetString());
        Assert.All(await ReceiptsAsync(tenant.Id), r => Assert.Equal(Verdict.Applied, r.Verdict));
    }

    [Fact]
    public async Task Absurd_times_are_replaced_and_flagged()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, now) = (NewPhone(), Server.Time.GetUtcNow());
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "future", now.AddDays(400)));
        await AcceptedAsync(account, Text(account, phone, "wamid.2", "past", DateTimeOffset.FromUnixTimeSeconds(1)));

        foreach (var message in await MessagesAsync(tenant))
            Assert.InRange(message.GetProperty("timestamp").GetDateTimeOffset(), now.AddSeconds(-1), Server.Time.GetUtcNow());
        Assert.All(await ReceiptsAsync(tenant.Id), r => Assert.Equal((Verdict.Applied, "time_replaced"), (r.Verdict, r.Reason)));
        Assert.InRange(
            Assert.Single(await tenant.SummaryAsync()).GetProperty("window_expires_at").GetDateTimeOffset(), now.AddHours(23.9), Server.Time.GetUtcNow().AddHours(24));
    }

    [Fact]
    public async Task Order_and_window_go_by_the_networks_time()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, start) = (NewPhone(), DateTimeOffset.FromUnixTimeSeconds(Server.Time.GetUtcNow().ToUnixTimeSeconds()).AddHours(-2));
        await AcceptedAsync(account, Text(account, phone, "wamid.2", "dos", start.AddMinutes(2)));
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "uno", start.AddMinutes(1)));
        // A clock that runs a little ahead does not make the window longer.
        await AcceptedAsync(account, Text(account, phone, "wamid.3", "tres", Server.Time.GetUtcNow().AddMinutes(5)));

        Assert.Equal(["uno", "dos", "tres"], Words(await MessagesAsync(tenant)));
        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal("tres", chat.GetProperty("last_message").GetString());
        Assert.True(chat.GetProperty("window_expires_at").GetDateTimeOffset() <= Server.Time.GetUtcNow().AddHours(24));
    }
}

public sealed class MessagesOnSqlite(OnSqlite shared) : MessageTests(shared), IClassFixture<OnSqlite>;

public sealed class MessagesOnPostgres(OnPostgres shared) : MessageTests(shared), IClassFixture<OnPostgres>;
