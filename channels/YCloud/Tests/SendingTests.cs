using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.YCloud.Tests;

/// <summary>The requests that leave, and what their answers mean.</summary>
public sealed class SendingTests
{
    private static readonly YCloudChannel Channel = new();

    [Theory]
    [InlineData("+5491155550101", "to")]
    [InlineData("AR.24681357902468", "recipient")]
    public async Task A_text_goes_to_the_number_or_user_id_with_our_delivery_id(string address, string field)
    {
        var (head, body) = await RequestAsync(new TextContent("hola"), address, replyTo: "wamid.IN1");
        Assert.StartsWith("POST /ycloud/v2/whatsapp/messages/sendDirectly ", head, StringComparison.Ordinal);
        Assert.Contains($"X-API-Key: {YCloudContract.ApiKey}", head, StringComparison.Ordinal);
        AssertJson($$$"""
            {"from":"{{{YCloudContract.Number}}}","{{{field}}}":"{{{address}}}","externalId":"d-1","context":{"message_id":"wamid.IN1"},
             "type":"text","text":{"body":"hola","preview_url":false}}
            """, body);
    }

    [Fact]
    public async Task A_voice_note_carries_no_flag_that_the_network_does_not_know() =>
        AssertJson("""{"id":"9001"}""", (await RequestAsync(new MediaContent("audio", "9001", null, "audio/ogg", Voice: true))).Body["audio"]!);

    [Fact]
    public async Task The_queue_accepts_before_there_is_an_id_of_whatsapp()
    {
        await using var network = StubNetwork.Answering(200, """{"id":"63f872f6741c165b4342a751","status":"accepted"}""");
        var accepted = Assert.IsType<Accepted>(await SendAsync(network, new TextContent("x"), queue: true));
        Assert.Equal("63f872f6741c165b4342a751", accepted.ExternalId);
        Assert.StartsWith("POST /ycloud/v2/whatsapp/messages ", network.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_message_that_has_failed_already_is_refused()
    {
        await using var network = StubNetwork.Answering(200, """{"id":"63f","status":"failed","errorCode":"RECIPIENT_IN_BLOCK_LIST","errorMessage":"blocked"}""");
        var refused = Assert.IsType<Refused>(await SendAsync(network, new TextContent("x")));
        Assert.Equal(("recipient_blocked", FailureReaction.Stop, "RECIPIENT_IN_BLOCK_LIST"), (refused.Failure.Code, refused.Failure.Reaction, refused.Failure.NetworkCode));
    }

    [Theory]
    [InlineData(401, "UNAUTHORIZED", null, "token_expired", FailureReaction.PauseAccount, true)]
    [InlineData(401, "WHATEVER_IT_IS_CALLED", null, "token_expired", FailureReaction.PauseAccount, true)]
    [InlineData(403, "BALANCE_INSUFFICIENT", null, "balance_insufficient", FailureReaction.PauseAccount, true)]
    [InlineData(403, "ACCOUNT_LIMITED", null, "account_limited", FailureReaction.PauseAccount, true)]
    [InlineData(403, "CONTENT_PROHIBITED", null, "policy_blocked", FailureReaction.Stop, true)]
    [InlineData(403, "SOMETHING_ELSE", null, "permission_missing", FailureReaction.PauseAccount, true)]
    [InlineData(404, "NOT_FOUND", null, "account_not_found", FailureReaction.PauseAccount, true)]
    [InlineData(400, "BAD_REQUEST", null, "invalid_message", FailureReaction.Stop, true)]
    [InlineData(400, "BAD_REQUEST", 131047, "window_expired", FailureReaction.Stop, true)]
    [InlineData(400, "BAD_REQUEST", 131026, "recipient_not_registered", FailureReaction.Stop, true)]
    [InlineData(400, "BAD_REQUEST", 132001, "template_not_approved", FailureReaction.Stop, true)]
    [InlineData(500, "INTERNAL_SERVER_ERROR", 131000, "network_unavailable", FailureReaction.Retry, true)]
    [InlineData(500, "INTERNAL_SERVER_ERROR", null, "network_unavailable", FailureReaction.Retry, false)]
    public async Task An_error_is_known_by_whatsapps_code_or_else_by_yclouds_word(
        int status, string word, int? meta, string code, FailureReaction reaction, bool certain)
    {
        await using var stub = StubNetwork.Answering(status, YCloudContract.Error(status, word, meta));
        var failure = Assert.IsType<Refused>(await SendAsync(stub, new TextContent("x"))).Failure;
        Assert.Equal((code, reaction, certain), (failure.Code, failure.Reaction, failure.Certain));
        Assert.Contains(code, Channel.Info.Failures.Keys);
    }

    [Fact]
    public void The_whole_secret_is_the_key_and_no_stamp_is_too_old()
    {
        var body = "{}"u8.ToArray();
        Assert.IsType<Verified>(Verify(YCloudContract.Signature(body, YCloudContract.WebhookSecret, "1000000000"), body));
        Assert.IsType<Rejected>(Verify(YCloudContract.Signature(body, YCloudContract.WebhookSecret["whsec_".Length..]), body));
        var good = YCloudContract.Signature(body, YCloudContract.WebhookSecret)["YCloud-Signature"];
        foreach (var odd in new[] { "", "t=,s=", good[..^1], good.Replace("t=1788264000", "t=1788264001", StringComparison.Ordinal), good[13..], new string('t', 600) })
            Assert.IsType<Rejected>(Verify(new() { ["YCloud-Signature"] = odd }, body));
    }

    [Fact]
    public async Task The_key_goes_only_to_ycloud()
    {
        await using var elsewhere = StubNetwork.Answering(200, "bytes");
        using var http = new HttpClient();
        var settings = YCloudContract.Settings(new Uri("https://api.ycloud.test"));
        foreach (var url in new[] { elsewhere.Address.ToString(), "https://ycloud.com.evil.test/x", "ftp://api.ycloud.com/x", "no address" })
        {
            var media = new MediaContent("image", "9001", url, null);
            Assert.False(Assert.IsType<ClosedMedia>(await Channel.OpenMediaAsync(media, new Connection(settings, http), CancellationToken.None)).Retriable);
        }

        Assert.Equal(0, elsewhere.Requests);
    }

    private static Verification Verify(Dictionary<string, string> headers, byte[] body) => Channel.Verify(
        new WebhookRequest("POST", name => headers.GetValueOrDefault(name), _ => null, body, default), YCloudContract.Settings(new Uri("http://127.0.0.1:9")));

    private static async Task<(string Head, JsonNode Body)> RequestAsync(Content content, string address = "+5491155550101", string? replyTo = null)
    {
        await using var network = StubNetwork.Answering(200, """{"id":"63f","wamid":"wamid.OUT1","status":"accepted"}""");
        Assert.Equal("wamid.OUT1", Assert.IsType<Accepted>(await SendAsync(network, content, address, replyTo)).ExternalId);
        var parts = network.LastRequest.Split("\r\n\r\n", 2);
        return (parts[0], JsonNode.Parse(parts[1])!);
    }

    private static async Task<SendOutcome> SendAsync(
        StubNetwork network, Content content, string address = "+5491155550101", string? replyTo = null, bool queue = false)
    {
        using var http = new HttpClient();
        return await Channel.SendAsync(
            new OutboundMessage("d-1", address, content, replyTo), new Connection(YCloudContract.Settings(network.Address, queue), http), CancellationToken.None);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
