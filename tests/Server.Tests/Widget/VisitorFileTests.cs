using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Attachments;
using Xunit;

namespace ChatOperator.Server.Tests.Widget;

public abstract class VisitorFileTests(SharedServer shared)
{
    /// <summary>One dot.</summary>
    private static readonly byte[] Dot = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

    [Fact]
    public async Task Files_go_both_ways()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        var upload = await visitor.PostAsync("files", Form(Dot, "image/png", "torta.png"));
        Assert.Equal("image", upload.GetProperty("kind").GetString());
        await visitor.PostAsync("messages", new { client_id = WidgetBrowser.Draw(), text = "", file = new { id = upload.GetProperty("id").GetString() } });

        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var there = await Eventually.GetAsync(() => tenant.MessagesAsync(chat), m => m.Count == 1 && UrlOf(m[0].GetProperty("attachments")) is not null);
        Assert.Equal(Dot, await tenant.Api.Http.GetByteArrayAsync(UrlOf(there[0].GetProperty("attachments"))));
        var seen = (await visitor.PageAsync()).GetProperty("messages")[0];
        Assert.Equal(("", 1), (seen.GetProperty("text").GetString(), seen.GetProperty("files")[0].GetProperty("width").GetInt32()));

        using var sent = await tenant.Api.SendAsync(HttpMethod.Post, $"/admin/attachments?conversation_id={chat}", Form(Dot, "image/png", "precio.png"));
        var file = JsonSerializer.Deserialize<JsonElement>(await sent.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, message = "", channel_source = "web", attachments = new[] { new { id = file } } });
        var page = await Eventually.GetAsync(() => visitor.PageAsync(), p => p.GetProperty("messages").GetArrayLength() == 2);
        var url = UrlOf(page.GetProperty("messages")[1].GetProperty("files"));
        using var nobody = new HttpClient();
        Assert.Equal(Dot, await nobody.GetByteArrayAsync(url));
    }

    [Fact]
    public async Task A_file_is_its_visitors_alone_and_is_what_its_bytes_say()
    {
        var tenant = await shared.Server.TenantAsync();
        var widget = await WidgetBrowser.ConnectAsync(tenant);
        using var ana = new WidgetBrowser(widget);
        using var bruno = new WidgetBrowser(widget);
        await ana.OpenAsync();
        await bruno.OpenAsync();
        var id = (await ana.PostAsync("files", Form(Dot, "image/png", "a.png"))).GetProperty("id").GetString();
        foreach (var stolen in new[] { id, id![..^4] + "AAAA", "not an id" })
            Assert.Equal(
                (HttpStatusCode.BadRequest, "invalid_request"),
                await bruno.RefusedAsync(HttpMethod.Post, "messages", new { client_id = WidgetBrowser.Draw(), text = "", file = new { id = stolen } }));
        var page = "<html><script>alert(1)</script></html>"u8.ToArray();
        foreach (var (bytes, type, name) in new[] { (page, "text/html", "x.html"), (page, "image/png", "x.png"), (Encoding.UTF8.GetBytes("MZ"), "application/x-msdownload", "x.exe") })
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await ana.RefusedAsync(HttpMethod.Post, "files", Form(bytes, type, name))).Item1);

        await tenant.Api.PatchAsync($"/admin/channel-accounts/{widget.Id}", new { settings = new { attachments = false } });
        await Eventually.GetAsync(
            () => ana.RefusedAsync(HttpMethod.Post, "files", Form(Dot, "image/png", "a.png")), refused => refused == (HttpStatusCode.Forbidden, "files_not_taken"));
    }

    /// <summary>A browser that lost the answer repeats its message: that is no second use of the file.</summary>
    [Fact]
    public async Task An_upload_is_for_one_message_however_often_that_is_sent()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        var id = (await visitor.PostAsync("files", Form(Dot, "image/png", "a.png"))).GetProperty("id").GetString();
        var (first, second) = (WidgetBrowser.Draw(), WidgetBrowser.Draw());
        for (var i = 0; i < 3; i++) await visitor.PostAsync("messages", new { client_id = first, text = "Mirá", file = new { id } });
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_request"), await visitor.RefusedAsync(HttpMethod.Post, "messages", new { client_id = second, text = "", file = new { id } }));
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var said = Assert.Single(await tenant.MessagesAsync(chat));
        Assert.Single(said.GetProperty("attachments").EnumerateArray());
    }

    [Fact]
    public async Task An_upload_waits_a_day_to_be_sent_and_no_longer()
    {
        await using var server = await TestServer.StartAsync(shared.Server.Installation.Provider, new() { FrozenTime = true });
        var tenant = await server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        async Task<string?> UploadAsync() => (await visitor.PostAsync("files", Form(Dot, "image/png", "a.png"))).GetProperty("id").GetString();
        var (early, late) = (await UploadAsync(), await UploadAsync());
        server.FrozenTime!.Advance(TimeSpan.FromHours(23));
        await visitor.PostAsync("messages", new { client_id = WidgetBrowser.Draw(), text = "", file = new { id = early } });
        server.FrozenTime.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid_request"),
            await visitor.RefusedAsync(HttpMethod.Post, "messages", new { client_id = WidgetBrowser.Draw(), text = "", file = new { id = late } }));
    }

    /// <summary>What Chrome records is rewritten as what every browser plays, in both directions.</summary>
    [Theory]
    [InlineData(".webm", "audio/webm")]
    [InlineData(".ogg", "audio/ogg")]
    public async Task A_recording_plays_in_every_browser(string ending, string type)
    {
        var recorded = await Recording.MadeAsync(ending, "-f", "lavfi", "-i", "sine=frequency=440:duration=2", "-ac", "1", "-c:a", "libopus");
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        var upload = await visitor.PostAsync("files?voice=true", Form(recorded, type, "nota" + ending));
        Assert.Equal(("audio", "audio/mp4"), (upload.GetProperty("kind").GetString(), upload.GetProperty("mime_type").GetString()));
        await visitor.PostAsync("messages", new { client_id = WidgetBrowser.Draw(), text = "", file = new { id = upload.GetProperty("id").GetString() } });
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var heard = Assert.Single((await tenant.MessagesAsync(chat))[0].GetProperty("attachments").EnumerateArray());
        Assert.True(heard.GetProperty("voice").GetBoolean());
        Assert.InRange(heard.GetProperty("duration").GetDouble(), 1.8, 2.3);

        using var sent = await tenant.Api.SendAsync(HttpMethod.Post, $"/admin/attachments?conversation_id={chat}&voice=true", Form(recorded, type, "respuesta" + ending));
        Assert.Equal("audio/mp4", JsonSerializer.Deserialize<JsonElement>(await sent.Content.ReadAsStringAsync()).GetProperty("mime_type").GetString());
    }

    [Fact]
    public async Task A_file_by_its_address_is_refused_to_a_visitor()
    {
        var tenant = await shared.Server.TenantAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(tenant));
        await visitor.OpenAsync();
        await visitor.SayAsync("¿Tienen carta?");
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var refused = await Assert.ThrowsAsync<ApiException>(() => tenant.Api.PostAsync(
            "/admin/whatsapp/send",
            new { conversation_id = chat, message = "", channel_source = "web", attachments = new[] { new { type = "document", url = "https://shop.example/carta.pdf" } } }));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.Status);
    }

    private static string? UrlOf(JsonElement files) =>
        files.GetArrayLength() == 1 && files[0].GetProperty("url").ValueKind == JsonValueKind.String ? files[0].GetProperty("url").GetString() : null;

    private static MultipartFormDataContent Form(byte[] bytes, string type, string name)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { file, "file", name } };
    }
}

public sealed class VisitorFileOnSqlite(OnSqlite shared) : VisitorFileTests(shared), IClassFixture<OnSqlite>;

public sealed class VisitorFileOnPostgres(OnPostgres shared) : VisitorFileTests(shared), IClassFixture<OnPostgres>;
