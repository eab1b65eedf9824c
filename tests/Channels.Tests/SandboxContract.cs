using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Sandbox;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>
/// The round trip through the network's double, which was written without sight of the adapter: what a contact writes arrives as what it
/// is, and what we send arrives on their phone and is reported back.
/// </summary>
public abstract class SandboxContract
{
    protected abstract IChannel Channel { get; }

    /// <summary>The phone that the sandbox's customer writes with.</summary>
    protected virtual string Phone => "5491155550101";

    /// <summary>What that customer's address ends with; on most networks the phone's number.</summary>
    protected virtual string Address => Phone;

    /// <summary>The same settings that the sandbox's account has.</summary>
    protected abstract ChannelSettings SettingsAt(Uri network);

    /// <summary>What the sandbox's control takes to play the account, without its channel and webhook address.</summary>
    protected abstract JsonObject SandboxAccount { get; }

    /// <summary>What a customer's phone can write: the sandbox's word for it, and our type that it must arrive as.</summary>
    protected abstract IReadOnlyList<(JsonObject Written, string Type)> Writes { get; }

    /// <summary>What can be sent besides text and the files that the capabilities name.</summary>
    protected abstract IReadOnlyList<Content> OtherContents { get; }

    [Fact]
    public async Task What_a_contact_writes_arrives_as_what_it_is()
    {
        await using var line = await Line.OpenAsync(this);
        foreach (var (written, type) in Writes)
        {
            await line.WriteAsync(written);
            var received = Assert.IsType<MessageReceived>(Assert.Single(await line.HearAsync()));
            Assert.Equal(type, received.Content.Type);
            Assert.EndsWith(Address, received.From.Address, StringComparison.Ordinal);
            Assert.Equal(Channel.Info.RouteSetting is var route ? line.Settings[route] : null, received.Route.Account);
        }
    }

    [Fact]
    public async Task What_we_send_arrives_and_is_reported_back()
    {
        await using var line = await Line.OpenAsync(this);
        await line.WriteAsync(new JsonObject { ["type"] = "text", ["text"] = "hola" });
        var contact = Assert.IsType<MessageReceived>(Assert.Single(await line.HearAsync()));

        var number = 0;
        foreach (var content in Contents(line))
        {
            var delivery = $"delivery-{++number}";
            var quoted = Channel.Info.Capabilities.Replies && content is TextContent ? contact.ExternalId : null;
            var outcome = await Channel.SendAsync(
                new OutboundMessage(delivery, contact.From.Address, content, quoted), line.Connection, CancellationToken.None);
            var accepted = Assert.IsType<Accepted>(outcome);
            var returned = await line.DeliveredAsync(accepted.ExternalId, contact.From.Address);
            if (Channel.Info.Capabilities.ReturnsDeliveryId) Assert.Contains(delivery, returned, StringComparer.Ordinal);

            var shown = (await line.PhoneAsync()).Last()!;
            Assert.Equal(content is MediaContent media ? media.Kind : content.Type, shown["type"]!.ToString());
        }
    }

    [Fact]
    public async Task An_emoji_is_put_on_a_message_and_taken_back()
    {
        if (Channel.Info.Capabilities.Reactions is not { } reactions) return;
        await using var line = await Line.OpenAsync(this);
        await line.WriteAsync(new JsonObject { ["type"] = "text", ["text"] = "hola" });
        var contact = Assert.IsType<MessageReceived>(Assert.Single(await line.HearAsync()));
        var number = 0;
        foreach (var emoji in new[] { reactions.Emojis is [var first, ..] ? first : "🙏🏽", "" })
        {
            var reaction = new OutboundMessage($"reaction-{++number}", contact.From.Address, new ReactionContent(contact.ExternalId, emoji));
            Assert.IsType<Accepted>(await Channel.SendAsync(reaction, line.Connection, CancellationToken.None));
            var shown = (await line.PhoneAsync(all: true)).First()!["reaction"];
            Assert.Equal(emoji, shown?.ToString() ?? "");
        }
    }

    [Fact]
    public async Task A_connection_that_works_is_found_to_work_and_another_is_not()
    {
        if (Channel is not IConnectionTest test) return;
        await using var line = await Line.OpenAsync(this);
        var good = await test.TestAsync(line.Connection, CancellationToken.None);
        Assert.True(good.Ok, good.Detail.En);

        var stranger = new ChannelSettings(Channel.Info.Settings.Select(field => KeyValuePair.Create(
            field.Name, field.Kind == SettingKind.Secret ? "wrong-secret" : line.Settings[field.Name])));
        var bad = await test.TestAsync(line.Connection with { Settings = stranger }, CancellationToken.None);
        Assert.False(bad.Ok);
        Assert.NotNull(bad.Fix);
        Assert.DoesNotContain("wrong-secret", bad.Detail.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contact_sees_that_we_have_read_and_that_we_type()
    {
        await using var line = await Line.OpenAsync(this);
        await line.WriteAsync(new JsonObject { ["type"] = "text", ["text"] = "hola" });
        var heard = Assert.IsType<MessageReceived>(Assert.Single(await line.HearAsync()));
        if (Channel is IReadReceipts receipts)
        {
            Assert.True(await receipts.MarkReadAsync(heard.ExternalId, heard.From.Address, line.Connection, CancellationToken.None));
            Assert.False(await receipts.MarkReadAsync("no-such-message", "no-such-person", line.Connection, CancellationToken.None));
        }

        if (Channel is ITyping typing)
        {
            Assert.True(await typing.ShowTypingAsync(heard.ExternalId, heard.From.Address, line.Connection, CancellationToken.None));
            Assert.True(await line.IsTypingAsync());
        }
    }

    [Fact]
    public async Task A_file_of_a_contact_can_be_opened()
    {
        if (Channel is not IOpensMedia opener) return;
        await using var line = await Line.OpenAsync(this);
        await line.WriteAsync(new JsonObject { ["type"] = "image" });
        var image = Assert.IsType<MediaContent>(Assert.IsType<MessageReceived>(Assert.Single(await line.HearAsync())).Content);
        using var opened = Assert.IsType<OpenedMedia>(await opener.OpenMediaAsync(image, line.Connection, CancellationToken.None));
        using var bytes = new MemoryStream();
        await opened.Bytes.CopyToAsync(bytes);
        Assert.NotEqual(0, bytes.Length);
        // Some networks name a file's type only when it is opened.
        if (image.MimeType is not null) Assert.Equal(image.MimeType, opened.MimeType);

        var gone = await opener.OpenMediaAsync(image with { MediaId = "no-such-file", Url = null }, line.Connection, CancellationToken.None);
        Assert.False(Assert.IsType<ClosedMedia>(gone).Retriable);
    }

    private IEnumerable<Content> Contents(Line line) =>
    [
        new TextContent("¿Todo bien? 👍🏽 https://example.test"),
        .. Channel.Info.Capabilities.Media.Select(limit => new MediaContent(
            limit.Kind, null, line.Receiver.FileUrl(limit.MimeTypes[0]), limit.MimeTypes[0],
            limit.MaxCaption > 0 ? "a caption" : null, limit.Kind == "document" ? "file.pdf" : null)),
        .. OtherContents,
    ];

    /// <summary>A sandbox, an account on it, and the address that its webhooks go to.</summary>
    private sealed class Line : IAsyncDisposable
    {
        private readonly SandboxContract _of;
        private readonly SandboxHost _sandbox;
        private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        private Line(SandboxContract of, SandboxHost sandbox, Receiver receiver)
        {
            (_of, _sandbox, Receiver) = (of, sandbox, receiver);
            Settings = of.SettingsAt(new Uri(sandbox.Address.ToString().TrimEnd('/')));
        }

        public Receiver Receiver { get; }

        public ChannelSettings Settings { get; }

        public Connection Connection => new(Settings, _http);

        public static async Task<Line> OpenAsync(SandboxContract of)
        {
            var line = new Line(of, await SandboxHost.StartAsync(), await Receiver.StartAsync());
            var account = (JsonObject)of.SandboxAccount.DeepClone();
            account["channel"] = of.Channel.Info.Key;
            account["webhook_url"] = line.Receiver.Hook.ToString();
            await line.ControlAsync("accounts", account);
            return line;
        }

        public Task WriteAsync(JsonObject message) => ControlAsync($"phones/{_of.Phone}/messages", message);

        /// <summary>The next webhook, verified and read.</summary>
        public async Task<IReadOnlyList<ChannelEvent>> HearAsync()
        {
            var (body, headers) = await Receiver.NextAsync();
            var request = new WebhookRequest("POST", name => headers.GetValueOrDefault(name), _ => null, body, TimeProvider.System.GetUtcNow());
            Assert.IsType<Verified>(_of.Channel.Verify(request, Settings));
            return _of.Channel.Read(body);
        }

        /// <summary>
        /// Listens until a message was read and, where the network echoes our sends, came back; the delivery ids that were returned.
        /// </summary>
        public async Task<HashSet<string>> DeliveredAsync(string externalId, string address)
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            var (read, echoed, sent) = (false, !_of.Channel.Info.Capabilities.EchoesOwnSends, TimeProvider.System.GetUtcNow());
            while (!read || !echoed)
            {
                foreach (var found in await HearAsync())
                {
                    var id = found switch
                    {
                        MessageEchoed echo when echo.ExternalId == externalId => echo.DeliveryId,
                        DeliveryReported report when Concerns(report) => report.DeliveryId,
                        _ => null,
                    };
                    if (id is not null) ids.Add(id);
                    echoed |= found is MessageEchoed own && own.ExternalId == externalId;
                    read |= found is DeliveryReported { Status: DeliveryStatus.Read } last && Concerns(last);
                    Assert.Null((found as DeliveryReported)?.Failure);
                }
            }
            return ids;

            bool Concerns(DeliveryReported report) =>
                report.ExternalId == externalId || (report.Address == address && report.UpTo >= sent.AddSeconds(-1));
        }

        /// <param name="all">What its owner wrote too.</param>
        public async Task<JsonArray> PhoneAsync(bool all = false) =>
            (await _http.GetFromJsonAsync<JsonArray>(new Uri(_sandbox.Address, $"control/phones/{_of.Phone}/messages?all={all}")))!;

        public async Task<bool> IsTypingAsync() =>
            (bool)(await _http.GetFromJsonAsync<JsonObject>(new Uri(_sandbox.Address, $"control/phones/{_of.Phone}/typing")))!["typing"]!;

        public async ValueTask DisposeAsync()
        {
            await _sandbox.DisposeAsync();
            await Receiver.DisposeAsync();
            _http.Dispose();
        }

        private async Task ControlAsync(string path, JsonObject body)
        {
            using var answer = await _http.PostAsJsonAsync(new Uri(_sandbox.Address, "control/" + path), body);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }
    }
}
