using System.Net;
using System.Text.Json;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>What the double accepts, refuses and reports.</summary>
public sealed class SendTests
{
    [Fact]
    public async Task An_accepted_text_reaches_the_phone_and_reports_sent_delivered_and_read_with_its_callback_data()
    {
        await using var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hola" });

        var sent = await business.SayAsync("buenas", "delivery-1");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.StartsWith("wamid.", sent.Id, StringComparison.Ordinal);
        Assert.Equal(Business.Ana, sent.Body.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Length == 3, "three statuses");
        Assert.Equal(["delivered", "read", "sent"], business.Receiver.Statuses(sent.Id).Order());
        Assert.All(business.Receiver.Items("statuses"), one => Assert.Equal("delivery-1", one.GetProperty("biz_opaque_callback_data").GetString()));
        Assert.All(business.Receiver.All, one => Assert.True(one.Genuine));
        Assert.Equal(["buenas"], await business.ScreenAsync());
    }

    [Fact]
    public async Task Free_text_outside_the_window_is_accepted_and_fails_later()
    {
        await using var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hace mucho", timestamp = TimeProvider.System.GetUtcNow().AddHours(-25).ToUnixTimeSeconds() });

        var sent = await business.SayAsync("too late");

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Length == 1, "a status");
        var failed = business.Receiver.Items("statuses").Single();
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal(131047, failed.GetProperty("errors")[0].GetProperty("code").GetInt32());
        Assert.Empty(await business.ScreenAsync());
        Assert.Equal(HttpStatusCode.OK, (await business.SendAsync(HelloWorld)).Status);
        Assert.Single(await business.ScreenAsync());
    }

    public static TheoryData<string, int, int> Refusals => new()
    {
        { """{"to":"+5491155550101","type":"text","text":{"body":"x"}}""", 400, 100 },
        { Text(new string('x', 4097)), 400, 100 },
        { Text(""), 400, 100 },
        { """{"messaging_product":"whatsapp","type":"text","text":{"body":"x"}}""", 400, 100 },
        { """{"messaging_product":"whatsapp","to":"Ana","type":"text","text":{"body":"x"}}""", 400, 131009 },
        { """{"messaging_product":"whatsapp","to":"+15550001000","type":"text","text":{"body":"x"}}""", 400, 131021 },
        { """{"messaging_product":"whatsapp","to":"+1555000","type":"poem","poem":{}}""", 400, 100 },
        { """{"messaging_product":"whatsapp","to":"+1555000","type":"image","image":{}}""", 400, 131008 },
        { """{"messaging_product":"whatsapp","to":"+1555000","type":"audio","audio":{"id":"1","caption":"no"}}""", 400, 100 },
        { """{"messaging_product":"whatsapp","to":"+1555000","type":"reaction","reaction":{"emoji":"x"}}""", 400, 131008 },
        { """{"messaging_product":"whatsapp","to":"+1555000","type":"contacts","contacts":[]}""", 400, 131008 },
        { """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.unknown"}""", 400, 131009 },
        { Template("nothing", "en", "[]"), 404, 132001 },
        { Template("order_ready", "es", "[]"), 404, 132001 },
        { Template("order_ready", "en", "[]"), 400, 132000 },
        { Template("spring_sale", "en", """[{"type":"body","parameters":[{"type":"text","text":"20"}]}]"""), 400, 132012 },
        { Template("appointment", "en", """[{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"Friday"}]}]"""), 400, 132000 },
        { Template("order_ready", "en", """[{"type":"body","parameters":[{"type":"text","text":"a\nb"},{"type":"text","text":"7"}]}]"""), 400, 132012 },
        { Buttons(4, "Yes"), 400, 131009 },
        { Buttons(1, "A title of more than twenty"), 400, 131009 },
        { "not json", 400, 100 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_the_network_refuses_is_refused_with_its_code(string body, int http, int code)
    {
        await using var business = await Business.OpenAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await business.Http.PostAsync("/v25.0/1060/messages", content);

        var read = await Answer.OfAsync(answer);
        Assert.Equal((http, code), ((int)read.Status, read.Code));
        Assert.NotEmpty(read.Body.GetProperty("error").GetProperty("fbtrace_id").GetString()!);
    }

    [Fact]
    public async Task A_wrong_token_is_190_and_a_wrong_number_is_100_with_subcode_33()
    {
        await using var business = await Business.OpenAsync();
        var stranger = await business.SendAsync(new { }, number: "99");
        business.Http.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        var denied = await business.SendAsync(new { });

        Assert.Equal((HttpStatusCode.BadRequest, 100), (stranger.Status, stranger.Code));
        Assert.Equal(33, stranger.Body.GetProperty("error").GetProperty("error_subcode").GetInt32());
        Assert.Equal((HttpStatusCode.Unauthorized, 190), (denied.Status, denied.Code));
    }

    [Fact]
    public async Task The_forty_sixth_message_to_one_person_at_once_hits_the_pair_limit()
    {
        await using var business = await Business.OpenAsync(new { throughput_per_second = 0, statuses = false });
        for (var i = 0; i < 45; i++) Assert.Equal(HttpStatusCode.OK, (await business.SayAsync("quick")).Status);

        Assert.Equal(131056, (await business.SayAsync("one too many")).Code);
        Assert.Null((await business.SayAsync("to another", to: "+5491155550102")).Code);
    }

    [Fact]
    public async Task A_number_sends_no_more_in_a_second_than_its_throughput()
    {
        await using var business = await Business.OpenAsync(new { throughput_per_second = 5, pair_limit = false, statuses = false });

        var codes = new List<int?>();
        for (var i = 0; i < 20; i++) codes.Add((await business.SayAsync("quick")).Code);

        Assert.Contains(130429, codes);
        Assert.Null(codes[0]);
    }

    [Fact]
    public async Task Numbers_are_spelled_the_network_s_way_when_asked()
    {
        await using var business = await Business.OpenAsync(new { rewrite_wa_id = true });
        string? Spelled(Answer answer) => answer.Body.GetProperty("contacts")[0].GetProperty("wa_id").GetString();

        Assert.Equal("553187650002", Spelled(await business.SayAsync("x", to: "+5531987650002")));
        Assert.Equal("5215512345678", Spelled(await business.SayAsync("x", to: "+525512345678")));
        Assert.Equal("5491155550101", Spelled(await business.SayAsync("x", to: "+541155550101")));
    }

    [Fact]
    public async Task A_person_with_a_username_shows_no_number_and_is_answered_by_user_id()
    {
        await using var business = await Business.OpenAsync();
        using var change = await business.Http.PutAsync($"/control/phones/{Business.Ana}", new StringContent("""{"username":"@ana.k"}"""));
        await business.HearAsync(new { text = "hola" });
        var heard = business.Receiver.Items("messages").Single();
        var userId = heard.GetProperty("from_user_id").GetString();

        var sent = await business.SendAsync(new { messaging_product = "whatsapp", recipient = userId, type = "text", text = new { body = "hi" } });

        Assert.False(heard.TryGetProperty("from", out _));
        Assert.False(business.Receiver.Items("contacts")[0].TryGetProperty("wa_id", out _));
        Assert.False(sent.Body.GetProperty("contacts")[0].TryGetProperty("wa_id", out _));
        await Eventually.Holds(() => business.Receiver.Statuses(sent.Id).Length == 3, "statuses");
        Assert.All(business.Receiver.Items("statuses"), one => Assert.False(one.TryGetProperty("recipient_id", out _)));
        Assert.Equal(["hi"], await business.ScreenAsync());
    }

    [Fact]
    public async Task Reading_and_typing_show_on_the_phone()
    {
        await using var business = await Business.OpenAsync();
        var id = await business.HearAsync(new { text = "hola" });

        var read = await business.SendAsync(new { messaging_product = "whatsapp", status = "read", message_id = id, typing_indicator = new { type = "text" } });

        Assert.True(read.Body.GetProperty("success").GetBoolean());
        Assert.True((await business.GetAsync($"/control/phones/{Business.Ana}/typing")).GetProperty("typing").GetBoolean());
        var all = await business.GetAsync($"/control/phones/{Business.Ana}/messages?all=true");
        Assert.Equal("read", all[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_history_of_a_message_tells_what_lost_webhooks_would_have()
    {
        await using var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hola" });
        await business.BreakAsync(new { webhook = new { drop = true } });
        var sent = await business.SayAsync("lost");
        JsonElement history = default;
        for (var i = 0; i < 100 && (i == 0 || history.GetArrayLength() < 3); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            history = (await business.GetAsync($"/v25.0/1060/message_history?message_id={Uri.EscapeDataString(sent.Id)}"))
                .GetProperty("data")[0].GetProperty("events").GetProperty("data");
        }
        Assert.Equal(["SENT", "DELIVERED", "READ"], history.EnumerateArray().Select(one => one.GetProperty("delivery_status").GetString()));
        Assert.Empty(business.Receiver.Statuses(sent.Id));
    }

    private static object HelloWorld =>
        new { messaging_product = "whatsapp", to = "+" + Business.Ana, type = "template", template = new { name = "hello_world", language = new { code = "en_US" } } };

    private static string Text(string text) => JsonSerializer.Serialize(new { messaging_product = "whatsapp", to = "+1555000", type = "text", text = new { body = text } });

    private static string Template(string name, string language, string components) => JsonSerializer.Serialize(new
    {
        messaging_product = "whatsapp",
        to = "+1555000",
        type = "template",
        template = new { name, language = new { code = language }, components = JsonElement.Parse(components.Replace("\n", "\\n", StringComparison.Ordinal)) },
    });

    private static string Buttons(int count, string title) => JsonSerializer.Serialize(new
    {
        messaging_product = "whatsapp",
        to = "+1555000",
        type = "interactive",
        interactive = new
        {
            type = "button",
            body = new { text = "Choose" },
            action = new { buttons = Enumerable.Range(0, count).Select(i => new { type = "reply", reply = new { id = $"b{i}", title = title + (i == 0 ? "" : i) } }) },
        },
    });
}
