using System.Net;
using System.Text;
using System.Text.Json;
using ChatOperator.Attachments.Facts;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Outbox;
using SkiaSharp;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>What ffmpeg does with real files, what it must not be made to do, and how things stand without it.</summary>
public sealed class FfmpegTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    private static readonly string[] Film = ["-f", "lavfi", "-i", "testsrc2=size=640x360:rate=10:duration=2"];

    /// <summary>Browsers record Opus in WebM; desks record WAV.</summary>
    [Theory]
    [InlineData(".webm", "audio/webm")]
    [InlineData(".wav", "audio/wav")]
    public async Task A_recording_reaches_the_phone_as_a_voice_note(string ending, string type)
    {
        var recorded = await Recording.MadeAsync(ending, "-f", "lavfi", "-i", "sine=frequency=440:duration=3", "-ac", "2");
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var upload = await chat.UploadedAsync(recorded, "grabación" + ending, type, "&voice=true");
        Assert.Equal(("audio", "audio/ogg", "grabación.ogg"), (
            upload.GetProperty("type").GetString(), upload.GetProperty("mime_type").GetString(), upload.GetProperty("filename").GetString()));
        Assert.InRange(upload.GetProperty("duration").GetDouble(), 2.9, 3.1);
        await chat.SendAsync("", new { attachments = new[] { new { id = upload.GetProperty("id").GetString() } } });

        var shown = (await Eventually.GetAsync(chat.Phone.ReceivedAsync, all => all.Count == 1, 30, "the phone has it"))[0];
        Assert.True(shown.GetProperty("raw").GetProperty("audio").GetProperty("voice").GetBoolean());
        var media = shown.GetProperty("bubble").GetProperty("media");
        Assert.StartsWith("audio/ogg", media.GetProperty("mime_type").GetString(), StringComparison.Ordinal);
        var heard = Ogg.Read(new MemoryStream(await chat.OnPhoneAsync(shared.Sandbox, shown)));
        Assert.Equal((true, 1), (heard!.IsOpus, heard.Channels));
        Assert.InRange(heard.Duration.TotalSeconds, 2.9, 3.1);
    }

    [Theory]
    [InlineData(".mp4", "video/mp4")]
    [InlineData(".webm", "video/webm")]
    public async Task A_film_has_a_picture_its_size_and_its_duration(string ending, string type)
    {
        var film = await Recording.MadeAsync(ending, [.. Film, "-pix_fmt", "yuv420p"]);
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ShowsAsync("video", film, type);
        var (_, file) = await chat.ReceivedAsync("video");
        Assert.Equal((640, 360), (file.GetProperty("width").GetInt32(), file.GetProperty("height").GetInt32()));
        Assert.InRange(file.GetProperty("duration").GetDouble(), 1.9, 2.2);
        using var answer = await MediaChat.FetchAsync(file.GetProperty("thumbnail_url").GetString()!);
        using var codec = SKCodec.Create(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()));
        Assert.Equal((SKEncodedImageFormat.Webp, 480, 270), (codec.EncodedFormat, codec.Info.Width, codec.Info.Height));
    }

    /// <summary>A playlist under the name of a recording would have ffmpeg read other files of the server.</summary>
    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{0}\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile {0}\n")]
    public async Task A_list_of_other_files_is_not_followed(string list)
    {
        var folder = Directory.CreateTempSubdirectory("chat-operator-secret-");
        var secret = Path.Combine(folder.FullName, "secret.wav");
        await File.WriteAllBytesAsync(secret, Recording.Wav(2));
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        using var answer = await chat.UploadAsync(Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, list, secret)), "lista.amr", "audio/x-voice");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_it_films_are_shown_and_foreign_recordings_refused_with_the_reason()
    {
        await using var server = await TestServer.StartAsync(shared.Provider, new ServerOptions { Settings = { ["Media:Ffmpeg"] = "/nowhere/ffmpeg" } });
        var chat = await OutboxChat.OpenAsync(server, shared.Sandbox);
        await chat.ShowsAsync("video");
        var (_, film) = await chat.ReceivedAsync("video");
        Assert.Equal((160, 90, 2.0, JsonValueKind.Null), (
            film.GetProperty("width").GetInt32(), film.GetProperty("height").GetInt32(), film.GetProperty("duration").GetDouble(), film.GetProperty("thumbnail_url").ValueKind));
        using var refused = await chat.UploadAsync(Recording.Opus(1, channels: 2), "stereo.ogg", "audio/ogg");
        var problem = JsonSerializer.Deserialize<JsonElement>(await refused.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "conversion_unavailable"), (refused.StatusCode, problem.GetProperty("code").GetString()));
    }
}
