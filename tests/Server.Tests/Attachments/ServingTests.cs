using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Attachments;
using ChatOperator.Db;
using ChatOperator.Server.Tests.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Who may read a stored file, and how it is answered.</summary>
public abstract class ServingTests(SharedServer shared)
{
    [Fact]
    public async Task An_address_opens_one_file_in_parts_and_nothing_else()
    {
        var (chat, url, bytes) = await StoredAsync();
        using var part = await MediaChat.FetchAsync(url, r => r.Headers.Range = new RangeHeaderValue(100, 199));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[100..200], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal("inline", part.Content.Headers.ContentDisposition!.DispositionType);

        using var again = await MediaChat.FetchAsync(url, r => r.Headers.IfNoneMatch.Add(part.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);

        var address = new Uri(url);
        var other = new UriBuilder(url) { Path = address.AbsolutePath.Replace(chat.Tenant.Id.ToString("N"), new string(chat.Tenant.Id.ToString("N").Reverse().ToArray()), StringComparison.Ordinal) };
        foreach (var forged in (string[])[address.GetLeftPart(UriPartial.Path), url[..^2] + "zz", url.Replace("e=", "e=1", StringComparison.Ordinal), other.Uri.ToString(), url + "&v=t"])
        {
            using var refused = await MediaChat.FetchAsync(forged);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_caller_reads_the_files_of_their_own_tenant_without_a_signature_and_no_others()
    {
        var (chat, url, bytes) = await StoredAsync();
        var path = new Uri(url).AbsolutePath;
        Assert.Equal(bytes, await chat.Tenant.Api.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
        var stranger = await shared.Server.TenantAsync();
        using var refused = await stranger.Api.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Reading_twice_on_one_day_gives_equal_bytes()
    {
        var (chat, _, _) = await StoredAsync();
        using var first = await chat.Tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/{chat.Id}/messages");
        using var second = await chat.Tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/{chat.Id}/messages", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Old_files_are_removed_as_the_tenant_wishes_and_the_bubble_says_so()
    {
        var (chat, url, _) = await StoredAsync();
        var settings = await chat.Tenant.Api.GetAsync("/admin/settings");
        await chat.Tenant.Api.PutAsync("/admin/settings", new
        {
            name = "x", lock_on_reply = true, send_read_receipts = true, receipt_days = 30, troubled_receipt_days = 180, media_days = 1,
        });
        await using (var db = shared.Server.Services.GetRequiredService<Databases>().ForSystem())
            await db.WriteAsync(() => db.Attachments.Where(a => a.TenantId == chat.Tenant.Id)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.CreatedAt, x => shared.Server.Time.GetUtcNow().AddDays(-2))));
        await shared.Server.Services.GetRequiredService<Retention>().RemoveAsync();
        var (_, file) = await chat.ReceivedAsync("image", "expired");
        Assert.Equal("retention", file.GetProperty("reason").GetString());
        using var gone = await MediaChat.FetchAsync(url);
        Assert.Equal((HttpStatusCode.Gone, "file_gone"), (gone.StatusCode, await CodeAsync(gone)));
        Assert.Empty(Directory.EnumerateFiles(
            Path.Combine(shared.Server.Installation.DataDirectory, "media", chat.Tenant.Id.ToString("N")), "*", SearchOption.AllDirectories));
        Assert.Equal(365, settings.GetProperty("media_days").GetInt32());
    }

    [Fact]
    public async Task A_deleted_message_takes_its_file_along()
    {
        var (chat, url, _) = await StoredAsync();
        var message = (await chat.Tenant.MessagesAsync(chat.Id))[^1];
        await using (var db = shared.Server.Services.GetRequiredService<Databases>().ForSystem())
        {
            var id = message.GetProperty("id").GetInt64();
            var external = await db.Set<ChatOperator.Conversations.Message>().Where(m => m.TenantId == chat.Tenant.Id && m.Id == id).Select(m => m.ExternalId).SingleAsync();
            await chat.Phone.SaysAsync("", chat.Account, new { type = "revoke", message_id = external });
        }
        var (deleted, file) = await chat.ReceivedAsync("image", "expired");
        Assert.Equal("deleted", file.GetProperty("reason").GetString());
        Assert.Equal("[Deleted]", deleted.GetProperty("content").GetString());
        using var gone = await MediaChat.FetchAsync(url);
        Assert.Equal((HttpStatusCode.Gone, "file_gone"), (gone.StatusCode, await CodeAsync(gone)));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString();

    private async Task<(OutboxChat Chat, string Url, byte[] Bytes)> StoredAsync()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var photo = MediaChat.Picture(640, 480);
        await chat.ShowsAsync("image", photo, "image/jpeg");
        var (_, file) = await chat.ReceivedAsync("image");
        return (chat, file.GetProperty("url").GetString()!, photo);
    }
}

public sealed class ServingOnSqlite(OnSqlite shared) : ServingTests(shared), IClassFixture<OnSqlite>;

public sealed class ServingOnPostgres(OnPostgres shared) : ServingTests(shared), IClassFixture<OnPostgres>;
