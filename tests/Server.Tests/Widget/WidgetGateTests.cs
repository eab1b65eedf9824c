using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Widget;

public abstract class WidgetGateTests(SharedServer shared)
{
    [Theory]
    [InlineData("https://shop.example", "https://shop.example", true)]
    [InlineData("https://shop.example", "https://SHOP.example", true)]
    [InlineData("https://shop.example", "http://shop.example", false)]
    [InlineData("https://shop.example", "https://shop.example:8443", false)]
    [InlineData("https://shop.example", "https://shop.example.evil.test", false)]
    [InlineData("https://*.shop.example", "https://www.shop.example", true)]
    [InlineData("https://*.shop.example", "https://shop.example", false)]
    [InlineData("https://*.shop.example", "https://evilshop.example", false)]
    [InlineData("https://a.example, https://b.example", "https://b.example", true)]
    [InlineData("*", "http://127.0.0.1:5081", true)]
    [InlineData("*", "null", false)]
    [InlineData("https://shop.example", "", false)]
    public async Task Only_allowed_sites_may_show_it(string allowed, string origin, bool may)
    {
        var widget = await WidgetBrowser.ConnectAsync(await shared.Server.TenantAsync(), allowed);
        using var browser = new WidgetBrowser(widget, origin);
        using var answer = await browser.SendAsync(HttpMethod.Post, "session", new { });
        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(may, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var told) && told.Single() == origin);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Pages_can_read_errors_and_ask_before_they_send()
    {
        using var browser = new WidgetBrowser(await WidgetBrowser.ConnectAsync(await shared.Server.TenantAsync()));
        using (var error = await browser.SendAsync(HttpMethod.Get, "messages"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
            Assert.Equal(WidgetBrowser.Shop, error.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }
        using var preflight = await browser.SendAsync(HttpMethod.Options, "messages");
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("authorization", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_of_one_widget_is_nobody_at_another()
    {
        var tenant = await shared.Server.TenantAsync();
        using var here = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await here.OpenAsync();
        await here.SayAsync("privado");
        foreach (var other in new[] { tenant, await shared.Server.TenantAsync() })
        {
            using var there = new WidgetBrowser(await WidgetBrowser.ConnectAsync(other, name: "Otra")) { Token = here.Token };
            foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Get, "messages", null), (HttpMethod.Get, "stream", null), (HttpMethod.Post, "typing", new { }),
                (HttpMethod.Post, "receipts", new { read = new[] { 1 } }), (HttpMethod.Post, "messages", new { client_id = "abcdefgh", text = "hola" }),
            })
                Assert.Equal((HttpStatusCode.Unauthorized, "visitor_unknown"), await there.RefusedAsync(method, path, body));
            // A session opens all the same, for somebody new who sees nothing.
            Assert.False((await there.OpenAsync()).GetProperty("conversation").GetBoolean());
            Assert.Empty(await there.TextsAsync());
        }
    }

    [Fact]
    public async Task A_receipt_for_anothers_message_moves_nothing()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var ana = new WidgetBrowser(widget);
        await ana.OpenAsync();
        await ana.SayAsync("soy Ana");
        var (conversation, sent) = await VisitorTests.AnswerAsync(tenant, "hola, Ana");
        await Eventually.GetAsync(ana.TextsAsync, texts => texts.Length == 2);
        using var bruno = new WidgetBrowser(widget);
        await bruno.OpenAsync();
        await bruno.SayAsync("soy Bruno");
        await bruno.PostAsync("receipts", new { read = new[] { sent } });
        Assert.Equal("sent", (await tenant.MessagesAsync(conversation)).Single(m => m.GetProperty("id").GetInt64() == sent).GetProperty("status").GetString());
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), await bruno.RefusedAsync(HttpMethod.Get, $"messages?before={sent}"));
        Assert.Equal(["soy Bruno"], await bruno.TextsAsync());
    }

    [Fact]
    public async Task A_person_the_business_vouches_for_has_one_conversation_on_every_device()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var laptop = new WidgetBrowser(widget);
        await laptop.OpenAsync();
        await laptop.SayAsync("antes de entrar");
        Assert.True((await laptop.OpenAsync(WidgetBrowser.Identity("42", "Ana"))).GetProperty("identified").GetBoolean());
        await laptop.SayAsync("ya entré");

        using var phone = new WidgetBrowser(widget);
        await phone.OpenAsync(WidgetBrowser.Identity("42", "Ana"));
        Assert.Equal(["antes de entrar", "ya entré"], await phone.TextsAsync());
        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.Equal("Ana", chat.GetProperty("display_name").GetString());

        // Signed out, the same browser is somebody new.
        Assert.False((await phone.OpenAsync()).GetProperty("conversation").GetBoolean());
        // Signed in as another, too.
        Assert.False((await laptop.OpenAsync(WidgetBrowser.Identity("43"))).GetProperty("conversation").GetBoolean());

        foreach (var forged in new[] { WidgetBrowser.Identity("42", secret: "a guess of the visitor's"), new { id = "42", hash = "00" }, new { id = "42", hash = "no hex" } })
            Assert.Equal((HttpStatusCode.Forbidden, "identity_wrong"), await phone.RefusedAsync(HttpMethod.Post, "session", new { identity = forged }));
    }

    [Fact]
    public async Task A_changed_identity_secret_ends_what_it_vouched_for()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var ana = new WidgetBrowser(widget);
        await ana.OpenAsync(WidgetBrowser.Identity("42"));
        await ana.SayAsync("hola");
        await tenant.Api.PatchAsync($"/admin/channel-accounts/{widget.Id}", new { settings = new { identity_secret = "another word altogether" } });
        await Eventually.GetAsync(() => ana.RefusedAsync(HttpMethod.Get, "messages"), refused => refused == (HttpStatusCode.Unauthorized, "visitor_unknown"));
        await tenant.Api.PostAsync($"/admin/channel-accounts/{widget.Id}/disable");
        await Eventually.GetAsync(() => ana.RefusedAsync(HttpMethod.Post, "session", new { }), refused => refused.Item1 == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nonsense_is_refused_in_words()
    {
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(await shared.Server.TenantAsync()));
        await visitor.OpenAsync();
        foreach (var body in new object[]
        {
            new { client_id = "short", text = "hola" }, new { client_id = "with spaces in it", text = "hola" }, new { client_id = "abcdefgh", text = "  " },
            new { client_id = "abcdefgh", text = new string('x', 10_001) }, new { text = "hola" },
        })
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), await visitor.RefusedAsync(HttpMethod.Post, "messages", body));
        visitor.Token = visitor.Token![..^4] + "AAAA";
        Assert.Equal((HttpStatusCode.Unauthorized, "visitor_unknown"), await visitor.RefusedAsync(HttpMethod.Get, "messages"));
    }

    [Fact]
    public async Task A_flood_is_slowed_down_and_leaves_others_alone()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var flood = new WidgetBrowser(widget);
        using var calm = new WidgetBrowser(widget);
        await flood.OpenAsync();
        await calm.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 45).Select(async n =>
        {
            using var answer = await flood.SendAsync(HttpMethod.Post, "messages", new { client_id = $"flood-{n:000}", text = $"{n}" });
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Assert.NotNull(answer.Headers.RetryAfter);
            return answer.StatusCode;
        }));
        Assert.InRange(answers.Count(a => a == HttpStatusCode.OK), 30, 40);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        await calm.SayAsync("yo no tengo la culpa");
    }

    [Fact]
    public async Task A_businesss_server_may_hand_over_what_a_form_said()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new
        {
            @object = "web_widget", widget = widget.Id.ToString("N"),
            events = new[] { new { type = "message", id = "form-1", visitor = new { id = "form-visitor-1", user = "42", name = "Ana" }, text = "Del formulario" } },
        });
        using (var unsigned = await widget.WebhookAsync(body, "")) Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        // The secret also signs people's ids, and people choose theirs: nothing that could be one passes as a webhook.
        using (var id = await widget.WebhookAsync("""{"object":"web_widget","widget":"x","events":[]}"""u8.ToArray(), WidgetBrowser.Secret)) Assert.Equal(HttpStatusCode.Unauthorized, id.StatusCode);
        using (var signed = await widget.WebhookAsync(body, WidgetBrowser.Secret)) Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        using var ana = new WidgetBrowser(widget);
        await ana.OpenAsync(WidgetBrowser.Identity("42"));
        Assert.Equal(["Del formulario"], await ana.TextsAsync());
    }
}

public sealed class WidgetGateOnSqlite(OnSqlite shared) : WidgetGateTests(shared), IClassFixture<OnSqlite>;

public sealed class WidgetGateOnPostgres(OnPostgres shared) : WidgetGateTests(shared), IClassFixture<OnPostgres>;
