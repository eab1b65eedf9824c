using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.Messenger.Tests;

/// <summary>The requests that leave, word for word, and what refusals mean.</summary>
public sealed class MessengerTests
{
    private static readonly MessengerChannel Channel = new();

    [Fact]
    public async Task A_text_carries_our_delivery_id_and_what_it_answers()
    {
        var (head, body) = await RequestAsync(new OutboundMessage("d-1", "246", new TextContent("hola \"vos\""), "m_in"));
        Assert.StartsWith($"POST /v25.0/{MessengerContract.Id}/messages ", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer EAApage+token/1", head, StringComparison.Ordinal);
        AssertJson("""
            {"recipient":{"id":"246"},"messaging_type":"RESPONSE","message":{"text":"hola \"vos\"","metadata":"chat-operator:d-1"},"reply_to":{"mid":"m_in"}}
            """, body);
    }

    [Fact]
    public async Task Only_a_person_writes_beyond_the_window_and_says_so()
    {
        var (_, person) = await RequestAsync(new OutboundMessage("d-1", "246", new TextContent("x"), ByPerson: true, WindowOpen: false));
        Assert.Equal(("MESSAGE_TAG", "HUMAN_AGENT"), ((string)person["messaging_type"]!, (string)person["tag"]!));
        var (_, agent) = await RequestAsync(new OutboundMessage("d-1", "246", new TextContent("x"), ByPerson: false, WindowOpen: false));
        Assert.Equal(("RESPONSE", null), ((string)agent["messaging_type"]!, agent["tag"]));
    }

    [Theory]
    [InlineData("image", "image")]
    [InlineData("audio", "audio")]
    [InlineData("video", "video")]
    [InlineData("document", "file")]
    public async Task A_file_goes_by_its_link_or_id(string kind, string type)
    {
        var (_, linked) = await RequestAsync(new OutboundMessage("d-1", "246", new MediaContent(kind, null, "https://files.test/1", null, "no words")));
        AssertJson($$$"""{"attachment":{"type":"{{{type}}}","payload":{"url":"https://files.test/1"}},"metadata":"chat-operator:d-1"}""", linked["message"]!);
        var (_, uploaded) = await RequestAsync(new OutboundMessage("d-1", "246", new MediaContent(kind, "9001", null, null)));
        Assert.Equal("9001", (string)uploaded["message"]!["attachment"]!["payload"]!["attachment_id"]!);
    }

    [Fact]
    public async Task What_has_no_form_is_refused_before_anything_is_sent()
    {
        await using var network = StubNetwork.Silent();
        foreach (var content in new Content[]
        {
            new LocationContent(1, 2), new MediaContent("sticker", null, "https://files.test/1", null), new MediaContent("image", null, null, null),
            new TextContent(""), new TemplateContent("t", "es", ""),
        })
        {
            var failure = Assert.IsType<Refused>(await SendAsync(network, new OutboundMessage("d-1", "246", content))).Failure;
            Assert.Equal(("invalid_message", false, true), (failure.Code, failure.Retriable, failure.Certain));
        }

        Assert.Equal(0, network.Requests);
    }

    [Theory]
    [InlineData(190, 463, "token_expired", FailureReaction.PauseAccount, true)]
    [InlineData(10, null, "permission_missing", FailureReaction.PauseAccount, true)]
    [InlineData(10, 2018278, "window_expired", FailureReaction.Stop, true)]
    [InlineData(10, 1893063, "policy_blocked", FailureReaction.PauseAccount, true)]
    [InlineData(100, null, "invalid_message", FailureReaction.Stop, true)]
    [InlineData(100, 33, "account_not_found", FailureReaction.PauseAccount, true)]
    [InlineData(100, 2018001, "recipient_not_registered", FailureReaction.Stop, true)]
    [InlineData(100, 2018008, "media_rejected", FailureReaction.Stop, true)]
    [InlineData(200, 1545041, "recipient_unavailable", FailureReaction.Stop, true)]
    [InlineData(200, 77, "permission_missing", FailureReaction.PauseAccount, true)]
    [InlineData(551, null, "recipient_unavailable", FailureReaction.Stop, true)]
    [InlineData(4, 2018354, "recipient_limited", FailureReaction.Stop, true)]
    [InlineData(368, null, "policy_blocked", FailureReaction.PauseAccount, true)]
    [InlineData(1, 99, "unknown_failure", FailureReaction.Stop, true)]
    [InlineData(1, 1357046, "network_error_without_body", FailureReaction.Retry, false)]
    [InlineData(7777, null, "unknown_failure", FailureReaction.Stop, true)]
    public async Task An_error_is_known_by_its_codes(int code, int? subcode, string ours, FailureReaction reaction, bool certain)
    {
        await using var stub = StubNetwork.Answering(400, MessengerContract.Error(code, subcode));
        var failure = Assert.IsType<Refused>(await SendAsync(stub, new OutboundMessage("d-1", "246", new TextContent("x")))).Failure;
        Assert.Equal((ours, reaction, certain), (failure.Code, failure.Reaction, failure.Certain));
        Assert.Contains(ours, Channel.Info.Failures.Keys);
    }

    [Fact]
    public async Task A_profile_is_a_name_and_a_picture_or_none()
    {
        await using var network = StubNetwork.Answering(200, """{"first_name":"Ana","last_name":"Díaz","profile_pic":"https://p.test/1","id":"246"}""");
        using var http = new HttpClient();
        Assert.Equal(
            new FoundProfile("Ana Díaz", null, "https://p.test/1"),
            await Channel.ProfileAsync("246", new Connection(MessengerContract.Settings(network.Address), http), CancellationToken.None));
        await using var shy = StubNetwork.Answering(400, MessengerContract.Error(100, 2018218));
        var none = Assert.IsType<NoProfile>(await Channel.ProfileAsync("246", new Connection(MessengerContract.Settings(shy.Address), http), CancellationToken.None));
        Assert.False(none.Retriable);
    }

    [Fact]
    public async Task A_file_is_fetched_from_Metas_hosts_only()
    {
        using var http = new HttpClient();
        var connection = new Connection(MessengerContract.Settings(new Uri("https://graph.facebook.com")), http);
        foreach (var url in new[] { "https://evil.test/x.jpg", "http://scontent.xx.fbcdn.net/x.jpg", "file:///etc/passwd", "https://fbcdn.net.evil.test/x" })
        {
            var closed = await Channel.OpenMediaAsync(new MediaContent("image", null, url, null), connection, CancellationToken.None);
            Assert.False(Assert.IsType<ClosedMedia>(closed).Retriable);
        }
    }

    private static async Task<(string Head, JsonNode Body)> RequestAsync(OutboundMessage message)
    {
        await using var network = StubNetwork.Answering(200, """{"recipient_id":"246","message_id":"m_OUT1"}""");
        Assert.Equal("m_OUT1", Assert.IsType<Accepted>(await SendAsync(network, message)).ExternalId);
        var parts = network.LastRequest.Split("\r\n\r\n", 2);
        return (parts[0], JsonNode.Parse(parts[1])!);
    }

    private static async Task<SendOutcome> SendAsync(StubNetwork network, OutboundMessage message)
    {
        using var http = new HttpClient();
        return await Channel.SendAsync(message, new Connection(MessengerContract.Settings(network.Address), http), CancellationToken.None);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
