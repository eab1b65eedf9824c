using System.Net;
using System.Text.Json;
using ChatOperator.Db;
using ChatOperator.Attachments;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Files of operators: uploaded, checked against the channel, handed to the network, on the customer's phone.</summary>
public abstract class OutboundTests(SharedServer shared)
{
    private static readonly byte[] Pdf = "%PDF-1.4\n% a bill\n"u8.ToArray();

    [Fact]
    public async Task Several_files_leave_in_order_each_with_its_words()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var photo = MediaChat.Picture(300, 200);
        var first = await chat.UploadedAsync(photo, "foto.jpg", "image/jpeg");
        var second = await chat.UploadedAsync(Pdf, "Presupuesto Nº 7.pdf", "application/pdf");
        Assert.Equal((300, "image"), (first.GetProperty("width").GetInt32(), first.GetProperty("type").GetString()));
        var id = await chat.SendAsync("Te paso todo", new { attachments = new object[] { new { id = Id(first) }, new { id = Id(second), caption = "el presupuesto" } } });
        await chat.Phone.ReceivesAsync("el presupuesto");
        var shown = await chat.Phone.ReceivedAsync();
        Assert.Equal(["Te paso todo", "el presupuesto"], shown.Select(m => m.GetProperty("text").GetString()));
        Assert.Equal(["image", "document"], shown.Select(m => m.GetProperty("type").GetString()));
        Assert.Equal("Presupuesto Nº 7.pdf", shown[1].GetProperty("bubble").GetProperty("media").GetProperty("filename").GetString());
        Assert.Equal(photo, await chat.OnPhoneAsync(shared.Sandbox, shown[0]));
        Assert.Equal(Pdf, await chat.OnPhoneAsync(shared.Sandbox, shown[1]));
        var message = await chat.ReachesAsync(id, "delivered");
        Assert.Equal([Id(first), Id(second)], message.GetProperty("attachments").EnumerateArray().Select(Id));
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "attachment_not_ready", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = chat.Id, channel_source = "whatsapp", attachments = new[] { new { id = Id(first) } } });
    }

    [Theory]
    [InlineData("")]
    [InlineData("--x\r\ncontent-disposition: form-data; name=\"fi")]
    [InlineData("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.4 that breaks o")]
    [InlineData("--x\r\ncontent-disposition: form-data; name=\"words\"\r\n\r\nno file\r\n--x--\r\n")]
    public async Task A_form_that_breaks_off_or_holds_no_file_is_refused(string body)
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        foreach (var boundary in (string[])["x", new string('x', 5000)])
        {
            using var form = new StringContent(body);
            form.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("multipart/form-data; boundary=" + boundary);
            await chat.Tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, $"/admin/attachments?conversation_id={chat.Id}", form);
        }
    }

    [Fact]
    public async Task A_picture_the_network_does_not_take_is_rewritten_as_one_it_does()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var upload = await chat.UploadedAsync(MediaChat.Picture(200, 100, SKEncodedImageFormat.Webp), "gato.webp", "image/webp");
        Assert.Equal(("image", "image/jpeg", "gato.jpg", 200), (
            upload.GetProperty("type").GetString(), upload.GetProperty("mime_type").GetString(), upload.GetProperty("filename").GetString(),
            upload.GetProperty("width").GetInt32()));
    }

    [Fact]
    public async Task What_the_channel_does_not_take_is_refused_with_the_reason()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        using var kind = await chat.UploadAsync([0x1F, 0x8B, 8, 0], "todo.tar.gz", "application/gzip");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "file_type_not_accepted"), (kind.StatusCode, await CodeAsync(kind)));
        byte[] tooLarge = [.. MediaChat.Picture(10, 10), .. new byte[5 << 20]];
        using var size = await chat.UploadAsync(tooLarge, "grande.jpg", "image/jpeg");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "file_too_large"), (size.StatusCode, await CodeAsync(size)));
        using var nothing = await chat.Tenant.Api.SendAsync(HttpMethod.Post, $"/admin/attachments?conversation_id={chat.Id}", new { });
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, nothing.StatusCode);
        await using var db = shared.Server.Services.GetRequiredService<Databases>().ForSystem();
        Assert.False(await db.Attachments.AnyAsync(a => a.TenantId == chat.Tenant.Id));
    }

    [Fact]
    public async Task A_file_that_the_network_has_lost_is_handed_over_again_on_retry()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var upload = await chat.UploadedAsync(Pdf, "a.pdf", "application/pdf");
        await using (var db = shared.Server.Services.GetRequiredService<Databases>().ForSystem())
            await db.WriteAsync(() =>
            {
                db.NetworkUploads.Add(new NetworkUpload
                {
                    TenantId = chat.Tenant.Id, AttachmentId = upload.GetProperty("id").GetGuid(), AccountId = chat.Account.Id, MediaId = "4040404", At = shared.Server.Time.GetUtcNow(),
                });
                return Task.CompletedTask;
            });
        var id = await chat.SendAsync("factura", new { attachments = new[] { new { id = Id(upload) } } });
        // The network takes the message and finds out later that it has no such file.
        var failed = await chat.ReachesAsync(id, "failed");
        Assert.Equal("media_rejected", failed.GetProperty("error").GetProperty("code").GetString());
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(Pdf, await chat.OnPhoneAsync(shared.Sandbox, (await chat.Phone.ReceivedAsync())[^1]));
    }

    [Fact]
    public async Task A_voice_note_plays_on_the_phone_and_another_tenant_cannot_send_it()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var voice = await chat.UploadedAsync(Recording.Opus(2), "nota.ogg", "audio/ogg", "&voice=true");
        Assert.Equal(2.0, voice.GetProperty("duration").GetDouble());
        var other = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await other.Tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = other.Id, channel_source = "whatsapp", attachments = new[] { new { id = Id(voice) } } });
        await chat.SendAsync("", new { attachments = new[] { new { id = Id(voice) } } });
        var shown = (await Eventually.GetAsync(chat.Phone.ReceivedAsync, all => all.Count == 1))[0];
        Assert.True(shown.GetProperty("raw").GetProperty("audio").GetProperty("voice").GetBoolean());
    }

    [Fact]
    public async Task An_upload_that_is_not_sent_can_be_taken_back()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var upload = await chat.UploadedAsync(Pdf, "a.pdf", "application/pdf");
        await chat.Tenant.Api.DeleteAsync($"/admin/attachments/{Id(upload)}");
        using var gone = await MediaChat.FetchAsync(upload.GetProperty("url").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static string Id(JsonElement upload) => upload.GetProperty("id").GetString()!;

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString();
}

public sealed class OutboundOnSqlite(OnSqlite shared) : OutboundTests(shared), IClassFixture<OnSqlite>;

public sealed class OutboundOnPostgres(OnPostgres shared) : OutboundTests(shared), IClassFixture<OnPostgres>;
