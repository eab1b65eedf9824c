using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.Chatwoot.Tests;

/// <summary>Who wrote it decides everything: an echo takes a chat over, our own send must not, and a note is nobody's word to anybody.</summary>
public sealed class WhoWroteItTests
{
    private static readonly ChatwootChannel Channel = new();
    private static readonly ChannelSettings Settings = ChatwootContract.Settings(new Uri("http://127.0.0.1:9"));

    [Theory]
    [InlineData("person")]
    [InlineData("person_replies_with_file")]
    [InlineData("person_on_phone")]
    public void A_person_is_a_person(string fixture)
    {
        var echo = Assert.IsType<MessageEchoed>(Assert.Single(Read(fixture)));
        Assert.Equal((EchoOrigin.Person, null, "12"), (echo.Origin, echo.DeliveryId, echo.To.Address));
    }

    [Theory]
    [InlineData("our_own_by_bot")]
    [InlineData("our_own_by_user_token")]
    public void Our_own_send_comes_back_as_ours_whoever_the_token_belongs_to(string fixture)
    {
        var echo = Assert.IsType<MessageEchoed>(Assert.Single(Read(fixture)));
        Assert.Equal(("0198f0a1b2c37def8899aabbccddeeff", EchoOrigin.Automation), (echo.DeliveryId, echo.Origin));
    }

    [Theory]
    [InlineData("another_bot", "message_created.agent_bot")]
    [InlineData("captain", "message_created.captain_assistant")]
    [InlineData("automation", "message_created.automation")]
    [InlineData("automation_in_a_users_name", "message_created.automation")]
    [InlineData("campaign", "message_created.campaign")]
    [InlineData("greeting", "message_created.template")]
    [InlineData("activity", "message_created.activity")]
    [InlineData("private_note", "private_note")]
    [InlineData("private_unsaid", "private_note")]
    [InlineData("private_as_word", "private_note")]
    [InlineData("private_marked_as_ours", "private_note")]
    [InlineData("private_note_updated", "private_note")]
    [InlineData("conversation_created", "conversation_created")]
    public void What_no_person_said_to_the_customer_is_kept_but_not_shown(string fixture, string kind) =>
        Assert.Equal(kind, Assert.IsType<Unsupported>(Assert.Single(Read(fixture))).Kind);

    [Fact]
    public void No_words_of_a_note_are_in_any_event() => Assert.All(
        Fixture.Of("Chatwoot").Where(fixture => fixture.Name.StartsWith("private", StringComparison.Ordinal)),
        fixture => Assert.DoesNotContain("NO DECIR", string.Join('\n', Channel.Read(fixture.Body)), StringComparison.Ordinal));

    [Fact]
    public async Task Our_mark_is_where_chatwoot_gives_it_back_and_never_where_it_would_keep_the_message_from_leaving()
    {
        await using var network = StubNetwork.Answering(200, """{"id":101}""");
        using var http = new HttpClient();
        await Channel.SendAsync(
            new OutboundMessage("d-1", "12", new TextContent("hola"), ReplyTo: "99"),
            new Connection(ChatwootContract.Settings(network.Address), http), CancellationToken.None);
        Assert.StartsWith("POST /chatwoot/api/v1/accounts/1/conversations/12/messages ", network.LastRequest, StringComparison.Ordinal);
        Assert.Contains($"api_access_token: {ChatwootContract.AccessToken}", network.LastRequest, StringComparison.Ordinal);
        var expected = JsonNode.Parse("""
            {"content":"hola","message_type":"outgoing","private":false,"content_type":"text",
             "content_attributes":{"chat_operator_delivery":"d-1","in_reply_to":99}}
            """);
        var body = JsonNode.Parse(network.LastRequest.Split("\r\n\r\n", 2)[1]);
        Assert.True(JsonNode.DeepEquals(expected, body), body!.ToJsonString());
    }

    [Theory]
    [InlineData(401, """{"errors":["You need to sign in"]}""", "token_expired", true)]
    [InlineData(403, "{}", "permission_missing", true)]
    [InlineData(404, """{"error":"Resource could not be found"}""", "conversation_not_found", true)]
    [InlineData(422, """{"message":"Content is too long","attributes":["content"]}""", "invalid_message", true)]
    [InlineData(500, """{"error":"Internal"}""", "network_error_without_body", false)]
    public async Task A_refusal_is_known_by_its_status(int status, string body, string code, bool certain)
    {
        await using var network = StubNetwork.Answering(status, body);
        using var http = new HttpClient();
        var outcome = await Channel.SendAsync(
            new OutboundMessage("d-1", "12", new TextContent("x")), new Connection(ChatwootContract.Settings(network.Address), http), CancellationToken.None);
        var failure = Assert.IsType<Refused>(outcome).Failure;
        Assert.Equal((code, certain), (failure.Code, failure.Certain));
        Assert.Contains(code, Channel.Info.Failures.Keys);
    }

    [Fact]
    public void Older_versions_that_sign_nothing_are_known_by_the_word_in_their_address()
    {
        Assert.IsType<Verified>(Verify("token", ChatwootContract.UrlToken, Settings));
        Assert.IsType<Rejected>(Verify("token", "another-word", Settings));
        Assert.IsType<Rejected>(Verify("token", "", Settings));
        Assert.IsType<Rejected>(Verify("token", "", new ChannelSettings([new("url_token", "")])));
        Assert.IsType<Rejected>(Verify("other", ChatwootContract.UrlToken, Settings));
    }

    [Fact]
    public async Task A_file_leads_on_to_another_host_without_the_token()
    {
        await using var store = StubNetwork.Answering(200, "bytes");
        await using var chatwoot = StubNetwork.Answering(302, "", $"Location: {store.Address}file.png\r\n");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var opened = Assert.IsType<OpenedMedia>(await Channel.OpenMediaAsync(
            new MediaContent("image", "5", chatwoot.Address + "x.png", null), new Connection(Settings, http), CancellationToken.None));
        Assert.StartsWith("GET /file.png ", store.LastRequest, StringComparison.Ordinal);
        Assert.DoesNotContain(ChatwootContract.AccessToken, chatwoot.LastRequest + store.LastRequest, StringComparison.Ordinal);

        await using var circle = StubNetwork.Answering(302, "", "Location: /again\r\n");
        Assert.False(Assert.IsType<ClosedMedia>(await Channel.OpenMediaAsync(
            new MediaContent("image", "5", circle.Address.ToString(), null), new Connection(Settings, http), CancellationToken.None)).Retriable);
    }

    private static IReadOnlyList<ChannelEvent> Read(string fixture) =>
        Channel.Read(Fixture.Of("Chatwoot").Single(one => one.Name == fixture).Body);

    private static Verification Verify(string name, string value, ChannelSettings settings) => Channel.Verify(
        new WebhookRequest("POST", _ => null, asked => asked == name ? value : null, "{}"u8.ToArray(), default), settings);
}
