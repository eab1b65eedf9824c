using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Widget;

public abstract class VisitorTests(SharedServer shared)
{
    [Fact]
    public async Task What_a_visitor_says_is_answered_and_ticks_climb_to_read()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        var session = await visitor.OpenAsync();
        Assert.False(session.GetProperty("conversation").GetBoolean());
        Assert.Equal("¿En qué ayudamos?", session.GetProperty("widget").GetProperty("greeting").GetString());
        Assert.Equal((HttpStatusCode.NotFound, "not_found"), await visitor.RefusedAsync(HttpMethod.Get, "stream"));

        await visitor.SayAsync("Hola, ¿hacen envíos?");
        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal(("web", 1), (chat.GetProperty("channel_source").GetString(), chat.GetProperty("unread_count").GetInt32()));
        Assert.StartsWith("Visitante ", chat.GetProperty("display_name").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, chat.GetProperty("window_expires_at").ValueKind);

        await using var stream = await WidgetStream.OpenAsync(visitor);
        var (conversation, sent) = await AnswerAsync(tenant, "¡Sí, a toda la ciudad!");
        await stream.HearsAsync("¡Sí, a toda la ciudad!");
        await visitor.PostAsync("receipts", new { delivered = new[] { sent } });
        await StatusAsync(tenant, conversation, sent, "delivered");
        await visitor.PostAsync("receipts", new { read = new[] { sent } });
        await StatusAsync(tenant, conversation, sent, "read");
        await Eventually.GetAsync(
            () => Task.FromResult(stream.Told), told => told.Exists(e => e.Type == "message" && e.Data.GetProperty("message").TryGetProperty("read", out _)));

        // Nothing of this was more than one receipt each, and all of them were applied.
        var receipts = (await tenant.Api.GetAsync("/admin/receipts")).EnumerateArray().ToList();
        Assert.Equal(["applied", "applied", "applied"], receipts.Select(r => r.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_message_sent_again_is_the_same_message()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        var id = WidgetBrowser.Draw();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => visitor.SayAsync("una sola vez", id)));
        await visitor.SayAsync("otra");
        Assert.Equal(["una sola vez", "otra"], await visitor.TextsAsync());
        Assert.Equal(id, (await visitor.PageAsync()).GetProperty("messages")[0].GetProperty("client_id").GetString());
        Assert.Equal(2, Assert.Single(await tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
    }

    [Fact]
    public async Task Who_comes_back_hears_exactly_what_was_missed()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        await visitor.SayAsync("¿están?");
        string cursor;
        await using (var first = await WidgetStream.OpenAsync(visitor))
        {
            await AnswerAsync(tenant, "uno");
            await first.HearsAsync("uno");
            cursor = first.Told[^1].Cursor;
        }
        await AnswerAsync(tenant, "dos");
        await AnswerAsync(tenant, "tres");
        await SentAsync(tenant, "tres");
        await using (var second = await WidgetStream.OpenAsync(visitor, cursor))
        {
            await second.HearsAsync("tres");
            // The first one's tick may have moved after the cursor: then it is told as changed, which is true as well.
            Assert.Equal(["dos", "tres"], second.Texts.Distinct().Where(text => text != "uno"));
        }

        // A cursor that nobody knows any more says so instead of guessing.
        await using var foreign = await WidgetStream.OpenAsync(visitor, "00000000.0.1");
        Assert.Equal("resync", foreign.Told[0].Type);
        Assert.Equal(["¿están?", "uno", "dos", "tres"], await visitor.TextsAsync());
    }

    [Fact]
    public async Task Two_tabs_show_the_same_and_a_reload_keeps_the_conversation()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var one = new WidgetBrowser(widget);
        await one.OpenAsync();
        await one.SayAsync("desde una pestaña");
        using var two = new WidgetBrowser(widget) { Token = one.Token };
        Assert.True((await two.OpenAsync()).GetProperty("conversation").GetBoolean());
        await using var first = await WidgetStream.OpenAsync(one);
        await using var second = await WidgetStream.OpenAsync(two);
        await two.SayAsync("desde la otra");
        await AnswerAsync(tenant, "para las dos");
        foreach (var stream in new[] { first, second })
        {
            await stream.HearsAsync("desde la otra");
            await stream.HearsAsync("para las dos");
        }
        Assert.Equal(await one.TextsAsync(), await two.TextsAsync());
        Assert.Single(await tenant.SummaryAsync());
    }

    [Fact]
    public async Task Typing_is_told_both_ways_and_changes_nothing()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        await visitor.PostAsync("typing", new { });
        await visitor.SayAsync("hola");
        var chat = Assert.Single(await tenant.SummaryAsync());
        await using var live = await Live.LiveStream.OpenAsync(tenant.Api);
        await using var stream = await WidgetStream.OpenAsync(visitor);
        await tenant.Api.PostAsync($"/admin/conversations/{chat.GetProperty("id").GetGuid()}/typing");
        await stream.HearsOfAsync("typing");
        await visitor.PostAsync("typing", new { });
        await visitor.PostAsync("typing", new { });
        await Eventually.GetAsync(() => Task.FromResult(live.Events.ToList()), told => told.Exists(e => e is { Kind: "typing", Id: "contact" }));
        await AnswerAsync(tenant, "acá estoy");
        await stream.HearsAsync("acá estoy");
        Assert.Single(live.Events, e => e is { Kind: "typing", Id: "contact" });
        Assert.Single(stream.Told, e => e.Type == "typing");
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<ApiException>(
            () => tenant.Api.PostAsync($"/admin/conversations/{Guid.CreateVersion7(shared.Server.Time.GetUtcNow())}/typing"))).Status);
    }

    [Fact]
    public async Task What_was_queued_while_the_account_was_off_is_not_lost()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var visitor = new WidgetBrowser(widget);
        await visitor.OpenAsync();
        await visitor.SayAsync("hola");
        var conversation = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var later = shared.Server.Time.GetUtcNow().AddSeconds(3);
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = conversation, message = "más tarde", channel_source = "web", not_before = later });
        // What waits in the outbox is nobody's to read yet.
        Assert.Equal(["hola"], await visitor.TextsAsync());
        await Eventually.GetAsync(visitor.TextsAsync, texts => texts.Contains("más tarde"));
    }

    internal static async Task<(Guid Conversation, long Message)> AnswerAsync(TestTenant tenant, string text)
    {
        var conversation = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var sent = await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = conversation, message = text, channel_source = "web" });
        return (conversation, sent.GetProperty("message_id").GetInt64());
    }

    private static Task SentAsync(TestTenant tenant, string text) => Eventually.GetAsync(
        async () => await tenant.MessagesAsync(Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid()),
        messages => messages.Exists(m => m.GetProperty("content").GetString() == text && m.GetProperty("status").GetString() == "sent"));

    private static Task StatusAsync(TestTenant tenant, Guid conversation, long message, string status) => Eventually.GetAsync(
        () => tenant.MessagesAsync(conversation),
        messages => messages.Exists(m => m.GetProperty("id").GetInt64() == message && m.GetProperty("status").GetString() == status), condition: status);
}

public sealed class VisitorOnSqlite(OnSqlite shared) : VisitorTests(shared), IClassFixture<OnSqlite>;

public sealed class VisitorOnPostgres(OnPostgres shared) : VisitorTests(shared), IClassFixture<OnPostgres>;
