using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.WhatsAppCloud.Tests;

/// <summary>The handshake, signatures, and bodies out of the ordinary.</summary>
public sealed class WebhookTests
{
    private static readonly WhatsAppCloudChannel Channel = new();
    private static readonly ChannelSettings Settings = WhatsAppCloudContract.Settings(new Uri("http://127.0.0.1:9"));

    [Fact]
    public void The_right_token_gets_the_bare_challenge() =>
        Assert.Equal("1158201444", Assert.IsType<Handshake>(Shake("subscribe", WhatsAppCloudContract.VerifyToken, "1158201444")).Body);

    [Theory]
    [InlineData("subscribe", "another word", "1")]
    [InlineData("subscribe", null, "1")]
    [InlineData("unsubscribe", WhatsAppCloudContract.VerifyToken, "1")]
    [InlineData(null, WhatsAppCloudContract.VerifyToken, "1")]
    [InlineData("subscribe", WhatsAppCloudContract.VerifyToken, null)]
    public void Any_other_handshake_is_rejected(string? mode, string? token, string? challenge) =>
        Assert.IsType<Rejected>(Shake(mode, token, challenge));

    [Fact]
    public void An_account_without_a_verify_token_shakes_no_hands() =>
        Assert.IsType<Rejected>(Channel.Verify(Get("subscribe", "", "1"), new ChannelSettings([])));

    [Theory]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha1=0000000000000000000000000000000000000000")]
    [InlineData("sha256=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_signature_of_another_form_is_rejected(string header) =>
        Assert.IsType<Rejected>(Channel.Verify(
            new WebhookRequest("POST", _ => header, _ => null, "{}"u8.ToArray(), default), Settings));

    [Fact]
    public void Secrets_of_any_length_sign()
    {
        foreach (var secret in new[] { "s", "ñandú", new string('k', 128), new string('é', 128), new string('k', 500) })
        {
            var headers = WhatsAppCloudContract.Signature("{}"u8.ToArray(), secret);
            var request = new WebhookRequest("POST", name => headers.GetValueOrDefault(name), _ => null, "{}"u8.ToArray(), default);
            Assert.IsType<Verified>(Channel.Verify(request, new ChannelSettings([new("app_secret", secret)])));
        }
    }

    [Fact]
    public void Verifying_allocates_next_to_nothing()
    {
        var body = new byte[600];
        var header = WhatsAppCloudContract.Signature(body, WhatsAppCloudContract.AppSecret)["X-Hub-Signature-256"];
        var request = new WebhookRequest("POST", _ => header, _ => null, body, default);
        Channel.Verify(request, Settings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Channel.Verify(request, Settings);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 64);
    }

    [Fact]
    public void Reading_a_text_allocates_less_than_three_kilobytes()
    {
        var body = Body("""{"from":"5491155550101","id":"wamid.1","timestamp":"1753000001","type":"text","text":{"body":"hola"}}""");
        Channel.Read(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Channel.Read(body);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 3 * 1024);
    }

    [Fact]
    public void A_body_full_of_rubbish_gives_a_bounded_number_of_events()
    {
        var events = Channel.Read(Body(string.Join(',', Enumerable.Repeat("7", 500_000))));
        Assert.Equal(101, events.Count);
        Assert.Equal("499900 more anomalies", Assert.IsType<Anomalous>(events[^1]).Why);
    }

    [Fact]
    public void A_thousand_messages_in_one_body_are_all_read()
    {
        var messages = Enumerable.Range(0, 1000).Select(i =>
            $$$"""{"from":"54911{{{i:D8}}}","id":"wamid.{{{i}}}","timestamp":"1753000001","type":"text","text":{"body":"{{{i}}}"}}""");
        var contacts = Enumerable.Range(0, 1000).Select(i => $$$"""{"wa_id":"54911{{{i:D8}}}","profile":{"name":"N{{{i}}}"}}""");
        var events = Channel.Read(Body(string.Join(',', messages), string.Join(',', contacts)));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => ($"wamid.{i}", $"N{i}")), events.Cast<MessageReceived>().Select(e => (e.ExternalId, e.From.Name!)));
    }

    [Fact]
    public void A_slice_holds_only_the_items_of_its_account()
    {
        var whole = Fixture.Of("WhatsAppCloud").Single(fixture => fixture.Name == "batch").Body;
        var mine = Channel.Slice(whole, route => route.Account == "106000000000002");
        Assert.Equal("quatro", Assert.IsType<MessageReceived>(Assert.Single(Channel.Read(mine))).Content.Text);
        Assert.DoesNotContain("106000000000001", Encoding.UTF8.GetString(mine), StringComparison.Ordinal);
        Assert.Empty(Channel.Read(Channel.Slice(whole, _ => false)));
        Assert.Equal(Channel.Read(whole), Channel.Read(Channel.Slice(whole, _ => true)));
        Assert.Equal("{}", Encoding.UTF8.GetString(Channel.Slice("not JSON"u8.ToArray(), route => route.Account is not null)));
    }

    private static Verification Shake(string? mode, string? token, string? challenge) => Channel.Verify(Get(mode, token, challenge), Settings);

    private static WebhookRequest Get(string? mode, string? token, string? challenge) =>
        new("GET", _ => null, name => name switch { "hub.mode" => mode, "hub.verify_token" => token, "hub.challenge" => challenge, _ => null }, default, default);

    private static byte[] Body(string messages, string contacts = "") => Encoding.UTF8.GetBytes(
        """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"2"},"contacts":["""
        + contacts + "],\"messages\":[" + messages + "]}}]}]}");
}
