using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.WhatsAppCloud.Tests;

/// <summary>The requests that leave, word for word.</summary>
public sealed class SendingTests
{
    [Theory]
    [InlineData("+5491155550101", "to")]
    [InlineData("AR.24681357902468", "recipient")]
    public async Task A_text_goes_to_the_number_or_user_id_with_our_delivery_id(string address, string field)
    {
        var (head, body) = await RequestAsync(new TextContent("hola \"vos\""), address, replyTo: "wamid.IN1");
        Assert.StartsWith($"POST /v25.0/{WhatsAppCloudContract.PhoneNumberId}/messages ", head, StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {WhatsAppCloudContract.AccessToken}", head, StringComparison.Ordinal);
        AssertJson($$$"""
            {"messaging_product":"whatsapp","recipient_type":"individual","{{{field}}}":"{{{address}}}","biz_opaque_callback_data":"d-1",
             "context":{"message_id":"wamid.IN1"},"type":"text","text":{"body":"hola \"vos\"","preview_url":false}}
            """, body);
    }

    [Fact]
    public async Task A_text_with_a_link_asks_for_its_preview() =>
        Assert.True((bool)(await RequestAsync(new TextContent("mirá https://example.test"))).Body["text"]!["preview_url"]!);

    [Theory]
    [InlineData("image", """{"link":"https://files.test/1","caption":"c"}""")]
    [InlineData("video", """{"link":"https://files.test/1","caption":"c"}""")]
    [InlineData("document", """{"link":"https://files.test/1","caption":"c","filename":"f.pdf"}""")]
    [InlineData("audio", """{"link":"https://files.test/1","voice":true}""")]
    [InlineData("sticker", """{"link":"https://files.test/1"}""")]
    public async Task A_file_carries_only_what_its_kind_may(string kind, string expected)
    {
        var media = new MediaContent(kind, null, "https://files.test/1", null, "c", "f.pdf", Voice: true);
        AssertJson(expected, (await RequestAsync(media)).Body[kind]!);
    }

    [Fact]
    public async Task An_uploaded_file_goes_by_its_id() =>
        AssertJson("""{"id":"9001"}""", (await RequestAsync(new MediaContent("image", "9001", "https://files.test/1", null))).Body["image"]!);

    [Theory]
    [InlineData("""[{"type":"body","parameters":[]}]""")]
    [InlineData("""{"components":[{"type":"body","parameters":[]}]}""")]
    public async Task A_template_carries_its_components(string payload) =>
        AssertJson(
            """{"name":"order_ready","language":{"code":"es_AR"},"components":[{"type":"body","parameters":[]}]}""",
            (await RequestAsync(new TemplateContent("order_ready", "es_AR", "…", payload))).Body["template"]!);

    [Fact]
    public async Task What_has_no_form_is_refused_before_anything_is_sent()
    {
        await using var network = StubNetwork.Silent();
        foreach (var (content, code) in new (Content, string)[]
        {
            (new OrderContent(null, null, []), "invalid_message"),
            (new MediaContent("image", null, null, null), "invalid_message"),
            (new TemplateContent("t", "es", "", "{"), "template_parameter_invalid"),
            (new TemplateContent("t", "es", "", "7"), "template_parameter_invalid"),
        })
        {
            var failure = Assert.IsType<Refused>(await SendAsync(network, content, "+1", null)).Failure;
            Assert.Equal((code, false, true), (failure.Code, failure.Retriable, failure.Certain));
        }

        Assert.Equal(0, network.Requests);
    }

    [Theory]
    [InlineData(190, "token_expired", FailureReaction.PauseAccount)]
    [InlineData(0, "token_expired", FailureReaction.PauseAccount)]
    [InlineData(10, "permission_missing", FailureReaction.PauseAccount)]
    [InlineData(231, "permission_missing", FailureReaction.PauseAccount)]
    [InlineData(33, "account_not_found", FailureReaction.PauseAccount)]
    [InlineData(100, "invalid_message", FailureReaction.Stop)]
    [InlineData(131026, "recipient_not_registered", FailureReaction.Stop)]
    [InlineData(131047, "window_expired", FailureReaction.Stop)]
    [InlineData(131050, "opted_out", FailureReaction.Stop)]
    [InlineData(131053, "media_rejected", FailureReaction.Stop)]
    [InlineData(131056, "rate_limited_pair", FailureReaction.PauseRecipient)]
    [InlineData(131031, "policy_blocked", FailureReaction.PauseAccount)]
    [InlineData(132001, "template_not_approved", FailureReaction.Stop)]
    [InlineData(132015, "template_not_approved", FailureReaction.Stop)]
    [InlineData(132016, "template_not_approved", FailureReaction.Stop)]
    [InlineData(132012, "template_parameter_invalid", FailureReaction.Stop)]
    [InlineData(132999, "template_parameter_invalid", FailureReaction.Stop)]
    [InlineData(131016, "network_unavailable", FailureReaction.Retry)]
    [InlineData(777777, "unknown_failure", FailureReaction.Stop)]
    public async Task An_error_is_known_by_its_code_whatever_the_status(int network, string code, FailureReaction reaction)
    {
        foreach (var status in new[] { 400, 500 })
        {
            await using var stub = StubNetwork.Answering(status, WhatsAppCloudContract.Error(network, "why"));
            var refused = Assert.IsType<Refused>(await SendAsync(stub, new TextContent("x"), "+1", null));
            Assert.Equal((code, reaction, true, "why"), (refused.Failure.Code, refused.Failure.Reaction, refused.Failure.Certain, refused.Failure.NetworkMessage));
            Assert.Contains(code, new WhatsAppCloudChannel().Info.Failures.Keys);
            Assert.NotNull(refused.Raw);
        }
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://files.test")]
    [InlineData("http://")]
    public async Task A_base_url_that_is_none_is_unreachable(string baseUrl)
    {
        using var http = new HttpClient();
        var settings = new ChannelSettings([new("base_url", baseUrl), new("phone_number_id", "1"), new("access_token", "EAAtoken")]);
        var outcome = await new WhatsAppCloudChannel().SendAsync(
            new OutboundMessage("d-1", "+1", new TextContent("x")), new Connection(settings, http), CancellationToken.None);
        Assert.Equal("network_unreachable", Assert.IsType<Refused>(outcome).Failure.Code);
    }

    [Fact]
    public async Task A_token_pasted_with_its_line_break_is_sent_without()
    {
        await using var network = StubNetwork.Answering(400, """{"error":{"code":190,"message":"Malformed EAAtoken"}}""");
        using var http = new HttpClient();
        var settings = new ChannelSettings([new("base_url", network.Address.ToString()), new("phone_number_id", "1"), new("access_token", "EAAtoken\r\n")]);
        var outcome = await new WhatsAppCloudChannel().SendAsync(
            new OutboundMessage("d-1", "+1", new TextContent("x")), new Connection(settings, http), CancellationToken.None);
        Assert.Contains("Authorization: Bearer EAAtoken\r\n", network.LastRequest, StringComparison.Ordinal);
        Assert.DoesNotContain("EAAtoken", outcome.Raw, StringComparison.Ordinal);
    }

    private static async Task<(string Head, JsonNode Body)> RequestAsync(Content content, string address = "+5491155550101", string? replyTo = null)
    {
        await using var network = StubNetwork.Answering(200, """{"messages":[{"id":"wamid.OUT1"}]}""");
        Assert.Equal("wamid.OUT1", Assert.IsType<Accepted>(await SendAsync(network, content, address, replyTo)).ExternalId);
        var parts = network.LastRequest.Split("\r\n\r\n", 2);
        return (parts[0], JsonNode.Parse(parts[1])!);
    }

    private static async Task<SendOutcome> SendAsync(StubNetwork network, Content content, string address, string? replyTo)
    {
        using var http = new HttpClient();
        return await new WhatsAppCloudChannel().SendAsync(
            new OutboundMessage("d-1", address, content, replyTo), new Connection(WhatsAppCloudContract.Settings(network.Address), http),
            CancellationToken.None);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
