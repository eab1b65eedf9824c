using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;
using Xunit;

namespace ChatOperator.Channels.Instagram.Tests;

/// <summary>The requests that leave, word for word; secrets, tokens and what refusals mean.</summary>
public sealed class InstagramTests
{
    private static readonly InstagramChannel Channel = new();

    [Theory]
    [InlineData("facebook", "101000000000001")]
    [InlineData("instagram", InstagramContract.Id)]
    public async Task A_text_is_sent_in_the_name_of_the_page_or_of_the_account(string login, string node)
    {
        var (head, body) = await RequestAsync(new OutboundMessage("d-1", "900", new TextContent("hola"), "aWdOld"), login);
        Assert.StartsWith($"POST /v25.0/{node}/messages ", head, StringComparison.Ordinal);
        AssertJson("""{"recipient":{"id":"900"},"message":{"text":"hola"}}""", body);
    }

    [Fact]
    public async Task Only_a_person_writes_beyond_the_window_and_says_so()
    {
        var (_, person) = await RequestAsync(new OutboundMessage("d-1", "900", new TextContent("x"), ByPerson: true, WindowOpen: false));
        AssertJson("""{"recipient":{"id":"900"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":{"text":"x"}}""", person);
        var (_, agent) = await RequestAsync(new OutboundMessage("d-1", "900", new TextContent("x"), ByPerson: false, WindowOpen: false));
        AssertJson("""{"recipient":{"id":"900"},"message":{"text":"x"}}""", agent);
    }

    [Fact]
    public void Either_secret_of_the_app_proves_a_webhook_and_no_other()
    {
        var settings = InstagramContract.Settings(new Uri("http://127.0.0.1:9"), "instagram");
        foreach (var secret in new[] { settings["app_secret"], settings["instagram_app_secret"] }) Assert.IsType<Verified>(Verify(secret));
        Assert.IsType<Rejected>(Verify("another"));
        Assert.IsType<Rejected>(Verify(""));

        Verification Verify(string secret)
        {
            var headers = InstagramContract.Signature("{}"u8.ToArray(), secret);
            return Channel.Verify(new WebhookRequest("POST", name => headers.GetValueOrDefault(name), _ => null, "{}"u8.ToArray(), default), settings);
        }
    }

    [Theory]
    [InlineData(10, 2534022, "window_expired", FailureReaction.Stop)]
    [InlineData(200, 2534041, "message_access_off", FailureReaction.PauseAccount)]
    [InlineData(100, 2534014, "recipient_not_registered", FailureReaction.Stop)]
    [InlineData(100, 2534029, "recipient_unavailable", FailureReaction.Stop)]
    [InlineData(190, null, "token_expired", FailureReaction.PauseAccount)]
    [InlineData(230, null, "permission_missing", FailureReaction.PauseAccount)]
    public async Task An_error_is_known_by_its_codes(int code, int? subcode, string ours, FailureReaction reaction)
    {
        await using var stub = StubNetwork.Answering(403, InstagramContract.Error(code, subcode));
        var failure = Assert.IsType<Refused>(await SendAsync(stub, new OutboundMessage("d-1", "900", new TextContent("x")), "instagram")).Failure;
        Assert.Equal((ours, reaction, true), (failure.Code, failure.Reaction, failure.Certain));
        Assert.Contains(ours, Channel.Info.Failures.Keys);
    }

    [Fact]
    public async Task A_token_is_renewed_at_half_its_life()
    {
        await using var network = StubNetwork.Answering(200, """{"access_token":"IGAAnew","token_type":"bearer","expires_in":5184000}""");
        using var http = new HttpClient();
        var answer = await Channel.RenewTokenAsync(new Connection(InstagramContract.Settings(network.Address, "instagram"), http), CancellationToken.None);
        var renewed = Assert.IsType<RenewedToken>(answer);
        Assert.Equal(("access_token", "IGAAnew", TimeSpan.FromDays(30)), (renewed.Setting, renewed.Value, renewed.NextIn));
        Assert.DoesNotContain("IGAAnew", renewed.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("GET /refresh_access_token?grant_type=ig_refresh_token&access_token=IGAAtoken%2B1%2Fx ", network.LastRequest, StringComparison.Ordinal);
        Assert.Null(Channel.RenewAfter(InstagramContract.Settings(network.Address, "facebook")));
        Assert.NotNull(Channel.RenewAfter(InstagramContract.Settings(network.Address, "instagram")));
    }

    [Fact]
    public async Task An_account_entered_by_the_wrong_one_of_its_two_ids_is_told_the_right_one()
    {
        await using var network = StubNetwork.Answering(200, """{"id":"9","user_id":"17841499999999999","username":"shop"}""");
        using var http = new HttpClient();
        var report = await Channel.TestAsync(new Connection(InstagramContract.Settings(network.Address, "instagram"), http), CancellationToken.None);
        Assert.False(report.Ok);
        Assert.Contains("17841499999999999", report.Fix!.En, StringComparison.Ordinal);
    }

    private static async Task<(string Head, JsonNode Body)> RequestAsync(OutboundMessage message, string login = "instagram")
    {
        await using var network = StubNetwork.Answering(200, """{"recipient_id":"900","message_id":"aWdOUT1"}""");
        Assert.Equal("aWdOUT1", Assert.IsType<Accepted>(await SendAsync(network, message, login)).ExternalId);
        var parts = network.LastRequest.Split("\r\n\r\n", 2);
        return (parts[0], JsonNode.Parse(parts[1])!);
    }

    private static async Task<SendOutcome> SendAsync(StubNetwork network, OutboundMessage message, string login)
    {
        using var http = new HttpClient();
        return await Channel.SendAsync(message, new Connection(InstagramContract.Settings(network.Address, login), http), CancellationToken.None);
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
