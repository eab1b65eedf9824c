using System.Text;
using System.Text.Json;
using ChatOperator.Server.Tests.Outbox;
using SkiaSharp;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Files of contacts: fetched after the intake, checked, measured and kept.</summary>
public abstract class InboundTests(SharedServer shared)
{
    [Fact]
    public async Task A_picture_is_fetched_measured_and_shown_with_its_bytes()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var photo = MediaChat.Picture(1200, 800);
        await chat.ShowsAsync("image", photo, "image/jpeg", text: "mirá");
        var (message, file) = await chat.ReceivedAsync("image");
        Assert.Equal("mirá", message.GetProperty("content").GetString());
        Assert.Equal(("image", "image/jpeg", photo.Length), (Text(file, "type"), Text(file, "mime_type"), file.GetProperty("size").GetInt32()));
        Assert.Equal((1200, 800), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
        using var answer = await MediaChat.FetchAsync(Text(file, "url"));
        Assert.Equal(photo, await answer.Content.ReadAsByteArrayAsync());
        using var small = await MediaChat.FetchAsync(Text(file, "thumbnail_url"));
        using var codec = SKCodec.Create(new MemoryStream(await small.Content.ReadAsByteArrayAsync()));
        Assert.Equal((SKEncodedImageFormat.Webp, 480, 320), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public async Task A_late_file_shows_among_the_changes()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        using var before = await chat.Tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/{chat.Id}/messages");
        var cursor = before.Headers.GetValues("X-Cursor").Single();
        await chat.ShowsAsync("sticker");
        await chat.ReceivedAsync("sticker");
        var changed = await chat.Tenant.MessagesAsync(chat.Id, $"?since={Uri.EscapeDataString(cursor)}");
        // While older transactions are open a cursor stands before them, and tells what came beside them twice: now, and once more.
        var file = Assert.Single(changed, m => Text(m, "type") == "sticker").GetProperty("attachments")[0];
        Assert.Equal(("image", "stored"), (Text(file, "type"), Text(file, "state")));
        Assert.True(file.GetProperty("sticker").GetBoolean());
    }

    [Fact]
    public async Task A_voice_note_has_its_duration()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ShowsAsync("voice", Recording.Opus(seconds: 3), "audio/ogg; codecs=opus");
        var (_, file) = await chat.ReceivedAsync("audio");
        Assert.Equal(("audio", "audio/ogg", 3.0), (Text(file, "type"), Text(file, "mime_type"), file.GetProperty("duration").GetDouble()));
        Assert.True(file.GetProperty("voice").GetBoolean());
    }

    [Theory]
    [InlineData("image", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    [InlineData("document", "text/html", "<!doctype html><script>alert(1)</script>")]
    public async Task Hostile_markup_is_kept_as_plain_bytes_and_never_shown(string type, string mimeType, string markup)
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ShowsAsync(type, Encoding.UTF8.GetBytes(markup), mimeType, "../../évil\u202Egpj.exe");
        var (_, file) = await chat.ReceivedAsync(type);
        Assert.Equal(("document", "application/octet-stream"), (Text(file, "type"), Text(file, "mime_type")));
        using var answer = await MediaChat.FetchAsync(Text(file, "url"));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        if (type == "document") Assert.Equal("évilgpj.exe", Text(file, "filename"));
    }

    [Fact]
    public async Task A_file_that_the_network_no_longer_has_says_so()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var body = Harness.WhatsAppWebhook.Of(Harness.WhatsAppWebhook.Messages(
            chat.Account, [Harness.WhatsAppWebhook.Contact(chat.Phone.Digits)],
            Harness.WhatsAppWebhook.Message(chat.Phone.Digits, "wamid.GONE", "image", new System.Text.Json.Nodes.JsonObject
            {
                ["id"] = "404404404", ["mime_type"] = "image/jpeg", ["sha256"] = "x",
            })));
        using var answer = await chat.Account.WebhookAsync(body);
        var (_, file) = await chat.ReceivedAsync("image", "lost");
        Assert.Equal("network_gone", Text(file, "reason"));
        using var gone = await MediaChat.FetchAsync(Text(file, "url"));
        Assert.Equal(System.Net.HttpStatusCode.Gone, gone.StatusCode);
        var problem = JsonSerializer.Deserialize<JsonElement>(await gone.Content.ReadAsStringAsync());
        Assert.Equal(("file_gone", "network_gone"), (Text(problem, "code"), Text(problem, "reason")));
    }

    /// <summary>As plain clients expect, every file has an address from the first; it tells that the bytes are on their way.</summary>
    [Fact]
    public async Task A_file_has_its_address_before_it_is_here()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var photo = MediaChat.Picture(320, 200);
        await shared.Sandbox.FaultsAsync(new { media = new { http = 500 } });
        await chat.ShowsAsync("image", photo, "image/jpeg");
        var (_, waiting) = await chat.ReceivedAsync("image", "waiting");
        using (var early = await MediaChat.FetchAsync(Text(waiting, "url")))
        {
            Assert.Equal(System.Net.HttpStatusCode.NotFound, early.StatusCode);
            Assert.Equal("application/problem+json", early.Content.Headers.ContentType!.MediaType);
            Assert.Equal("file_not_here_yet", Text(JsonSerializer.Deserialize<JsonElement>(await early.Content.ReadAsStringAsync()), "code"));
            Assert.True(early.Headers.RetryAfter!.Delta > TimeSpan.Zero);
            Assert.False(early.Headers.CacheControl?.MaxAge > TimeSpan.Zero);
        }
        await shared.Sandbox.HealAsync();
        var (_, stored) = await chat.ReceivedAsync("image");
        Assert.Equal(Text(waiting, "url").Split('?')[1], Text(stored, "url").Split('?')[1]);
        using var there = await MediaChat.FetchAsync(Text(waiting, "url"));
        Assert.Equal(photo, await there.Content.ReadAsByteArrayAsync());
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}

public sealed class InboundOnSqlite(OnSqlite shared) : InboundTests(shared), IClassFixture<OnSqlite>;

public sealed class InboundOnPostgres(OnPostgres shared) : InboundTests(shared), IClassFixture<OnPostgres>;
