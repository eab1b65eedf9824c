using System.Net;
using System.Text.Json;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>What customers and the business's own app do arrives as the network would bring it.</summary>
public sealed class CustomerTests
{
    public static TheoryData<string, string> Kinds => new()
    {
        { """{"type":"text","text":"hola"}""", "text" },
        { """{"type":"image","text":"look"}""", "image" },
        { """{"type":"video"}""", "video" },
        { """{"type":"voice"}""", "audio" },
        { """{"type":"audio"}""", "audio" },
        { """{"type":"document"}""", "document" },
        { """{"type":"sticker"}""", "sticker" },
        { """{"type":"location"}""", "location" },
        { """{"type":"contacts"}""", "contacts" },
        { """{"type":"button","text":"Confirm","payload":"P"}""", "button" },
        { """{"type":"button_reply","text":"Yes"}""", "interactive" },
        { """{"type":"list_reply","reply":{"id":"r1","title":"Row","description":"d"}}""", "interactive" },
        { """{"type":"interactive","text":"Yes"}""", "interactive" },
        { """{"type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":"{}","body":"Sent","name":"flow"}}}""", "interactive" },
        { """{"type":"reaction","message_id":"wamid.x","emoji":"❤️"}""", "reaction" },
        { """{"type":"order"}""", "order" },
        { """{"type":"system","new_number":"5491155550199"}""", "system" },
        { """{"type":"referral","text":"from the ad"}""", "text" },
        { """{"type":"unsupported"}""", "unsupported" },
        { """{"type":"edit","message_id":"wamid.x","text":"better"}""", "edit" },
        { """{"type":"revoke","message_id":"wamid.x"}""", "revoke" },
        { """{"type":"request_welcome"}""", "request_welcome" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_of_message_arrives_signed_and_in_the_network_s_envelope(string message, string wireType)
    {
        await using var business = await Business.OpenAsync();

        await business.HearAsync(JsonElement.Parse(message));

        var heard = Assert.Single(business.Receiver.All);
        Assert.True(heard.Genuine);
        var change = heard.Json!.Value.GetProperty("entry")[0].GetProperty("changes")[0];
        Assert.Equal("messages", change.GetProperty("field").GetString());
        Assert.Equal(Business.Number, change.GetProperty("value").GetProperty("metadata").GetProperty("phone_number_id").GetString());
        var wire = change.GetProperty("value").GetProperty("messages")[0];
        Assert.Equal(wireType, wire.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.String, wire.GetProperty("timestamp").ValueKind);
        Assert.Equal(wireType is not "request_welcome", wire.TryGetProperty(wireType, out _));
        Assert.Equal(wireType is not "system", change.GetProperty("value").TryGetProperty("contacts", out _));
    }

    [Fact]
    public async Task Webhook_bytes_are_ascii_with_escaped_slashes_and_signed_as_they_are()
    {
        await using var business = await Business.OpenAsync();

        await business.HearAsync(new { text = "ñandú / 🥐" });

        var heard = Assert.Single(business.Receiver.All);
        Assert.Contains("""\u00f1and\u00fa \/ \ud83e\udd50""", heard.Text, StringComparison.Ordinal);
        Assert.True(heard.Genuine);
    }

    [Fact]
    public async Task A_webhook_is_repeated_until_it_is_answered_200()
    {
        await using var business = await Business.OpenAsync();
        foreach (var status in new[] { 503, 500, 404 }) business.Receiver.Answers.Enqueue(status);

        await business.HearAsync(new { text = "insist" });

        Assert.Equal([503, 500, 404, 200], business.Receiver.All.Select(one => one.Answered));
        Assert.Single(business.Receiver.All.Select(one => one.Text).Distinct());
    }

    [Fact]
    public async Task Updates_are_batched_when_asked_and_a_second_app_hears_them_too()
    {
        await using var business = await Business.OpenAsync(new { batch_ms = 200 });
        await business.SetAsync(new { second_webhook_url = business.Receiver.Url });

        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => business.HearAsync(new { text = $"m{i}" })));

        Assert.Equal(2, business.Receiver.All.Count);
        Assert.Equal(10, business.Receiver.Items("messages").Length);
        Assert.Equal(2, business.Receiver.All[0].Json!.Value.GetProperty("entry").GetArrayLength());
    }

    [Fact]
    public async Task An_answer_from_the_business_app_is_an_echo_on_the_phone_and_in_a_webhook()
    {
        await using var business = await Business.OpenAsync();

        await business.ControlAsync("accounts/1060/echo", new { phone = Business.Ana, text = "by hand", wait = true });

        var echo = Assert.Single(business.Receiver.Items("message_echoes"));
        Assert.Equal((Business.Ana, "15550001000"), (echo.GetProperty("to").GetString(), echo.GetProperty("from").GetString()));
        Assert.Equal(["by hand"], await business.ScreenAsync());
        Assert.Equal(0, (await business.GetAsync("/control/counters")).GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("wrong", false)]
    [InlineData("none", false)]
    public async Task Any_bytes_can_be_sent_as_a_webhook_well_or_badly_signed(string? signature, bool genuine)
    {
        await using var business = await Business.OpenAsync();
        business.Receiver.Answers.Enqueue(401);

        var answer = await business.ControlAsync("webhooks", new { account = Business.Number, body = "not json", signature });

        Assert.Equal(401, answer.GetProperty("status").GetInt32());
        var heard = Assert.Single(business.Receiver.All);
        Assert.Equal(("not json", genuine), (heard.Text, heard.Genuine));
    }

    [Fact]
    public async Task Tapping_a_template_s_button_answers_with_its_payload()
    {
        await using var business = await Business.OpenAsync();
        var sent = await business.SendAsync(JsonElement.Parse("""
            {"messaging_product":"whatsapp","to":"+5491155550101","type":"template","template":{"name":"order_ready","language":{"code":"en"},"components":[
              {"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"7"}]},
              {"type":"button","sub_type":"quick_reply","index":"0","parameters":[{"type":"payload","payload":"CONFIRM_7"}]}]}}
            """));
        var screen = await business.GetAsync($"/control/phones/{Business.Ana}/messages");
        Assert.Equal("Hello Ana, your order 7 is ready.", screen[0].GetProperty("text").GetString());

        await business.HearAsync(screen[0].GetProperty("bubble").GetProperty("buttons")[0].GetProperty("reply"));

        var tap = business.Receiver.Items("messages").Single();
        Assert.Equal("CONFIRM_7", tap.GetProperty("button").GetProperty("payload").GetString());
        Assert.Equal(sent.Id, tap.GetProperty("context").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_phone_without_reception_gets_its_messages_when_it_is_back()
    {
        await using var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hola" });
        using var off = await business.Http.PutAsync($"/control/phones/{Business.Ana}", new StringContent("""{"offline":true}"""));
        var sent = await business.SayAsync("later");
        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Length == 1, "sent");
        Assert.Empty(await business.ScreenAsync());

        using var on = await business.Http.PutAsync($"/control/phones/{Business.Ana}", new StringContent("""{"offline":false}"""));

        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Contains("delivered"), "delivered");
        Assert.Equal(["later"], await business.ScreenAsync());
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_in_words()
    {
        await using var business = await Business.OpenAsync();
        using var content = new StringContent("""{"type":"poem"}""");

        using var answer = await business.Http.PostAsync("/control/phones/1/messages", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("poem", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
