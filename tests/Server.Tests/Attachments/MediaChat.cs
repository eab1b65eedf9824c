using System.Net.Http.Headers;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Outbox;
using SkiaSharp;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>A chat in which files go both ways.</summary>
internal static class MediaChat
{
    private static readonly HttpClient Anyone = new();

    /// <summary>A picture that differs in each test, so that its bytes prove which one arrived.</summary>
    public static byte[] Picture(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, SKColor? color = null)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(color ?? SKColors.Teal);
            using var paint = new SKPaint { Color = SKColors.White };
            canvas.DrawCircle(width / 2f, height / 2f, Math.Min(width, height) / 3f, paint);
        }
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>The customer sends a file of these bytes.</summary>
    public static Task ShowsAsync(this OutboxChat chat, string type, byte[]? bytes = null, string? mimeType = null, string? filename = null, string? text = null)
    {
        var media = new Dictionary<string, object?>();
        if (bytes is not null) media["data"] = Convert.ToBase64String(bytes);
        if (mimeType is not null) media["mime_type"] = mimeType;
        if (filename is not null) media["filename"] = filename;
        return chat.Phone.SaysAsync(text ?? "", chat.Account, text is null ? new { type, text = (string?)null, media } : new { type, media });
    }

    /// <summary>The newest message once its first file is no longer waited for.</summary>
    public static async Task<(JsonElement Message, JsonElement File)> ReceivedAsync(this OutboxChat chat, string type, string state = "stored")
    {
        var messages = await Eventually.GetAsync(
            () => chat.Tenant.MessagesAsync(chat.Id), all => all[^1] is var last && last.GetProperty("type").GetString() == type && State(last) == state,
            15, $"a {type} is {state}");
        return (messages[^1], messages[^1].GetProperty("attachments")[0]);
    }

    /// <summary>Reads an address as somebody who is not signed in.</summary>
    public static async Task<HttpResponseMessage> FetchAsync(string url, Action<HttpRequestMessage>? prepare = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        prepare?.Invoke(request);
        return await Anyone.SendAsync(request);
    }

    public static async Task<HttpResponseMessage> UploadAsync(this OutboxChat chat, byte[] bytes, string filename, string mimeType, string query = "")
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(mimeType);
        form.Add(file, "file", filename);
        return await chat.Tenant.Api.Http.PostAsync(new Uri($"/admin/attachments?conversation_id={chat.Id}{query}", UriKind.Relative), form);
    }

    public static async Task<JsonElement> UploadedAsync(this OutboxChat chat, byte[] bytes, string filename, string mimeType, string query = "")
    {
        using var answer = await chat.UploadAsync(bytes, filename, mimeType, query);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.StatusCode == System.Net.HttpStatusCode.Created ? JsonSerializer.Deserialize<JsonElement>(text) : throw new ApiException(answer.StatusCode, text);
    }

    /// <summary>The bytes of a message's file on the customer's phone.</summary>
    public static Task<byte[]> OnPhoneAsync(this OutboxChat chat, TestSandbox sandbox, JsonElement shown) =>
        sandbox.Control.Http.GetByteArrayAsync(new Uri(shown.GetProperty("bubble").GetProperty("media").GetProperty("url").GetString()!, UriKind.Relative));

    private static string? State(JsonElement message) =>
        message.GetProperty("attachments") is var files && files.GetArrayLength() > 0 ? files[0].GetProperty("state").GetString() : null;
}
