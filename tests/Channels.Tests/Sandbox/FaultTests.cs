using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>What goes wrong on purpose goes wrong exactly as told.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task A_dropped_connection_leaves_the_sender_in_doubt(string drop, int arrived)
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { drop, times = 1 } });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => business.SayAsync("maybe", "d1"));

        Assert.Equal(arrived, (await business.ScreenAsync()).Length);
        var sends = await business.GetAsync("/control/sends?callback_data=d1");
        Assert.Equal(arrived == 1 ? "accepted" : "refused", sends[0].GetProperty("outcome").GetString());
        Assert.Equal(HttpStatusCode.OK, (await business.SayAsync("again", "d1")).Status);
        var summary = await business.GetAsync("/control/sends/summary");
        Assert.Equal(arrived, summary.GetProperty("duplicates").GetArrayLength());
    }

    [Fact]
    public async Task A_code_is_answered_as_the_network_would_and_only_as_often_as_told()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { code = 131056, times = 2 } });

        var first = await business.SayAsync("a");
        var second = await business.SayAsync("b");
        var third = await business.SayAsync("c");

        Assert.Equal((HttpStatusCode.BadRequest, 131056), (first.Status, first.Code));
        Assert.Equal(131056, second.Code);
        Assert.Equal(HttpStatusCode.OK, third.Status);
        Assert.Equal(["c"], await business.ScreenAsync());
    }

    [Fact]
    public async Task A_bare_http_status_is_a_proxy_s_page_and_may_hide_an_acceptance()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { http = 502, accept = true } });

        var answer = await business.SayAsync("hidden");

        Assert.Equal((HttpStatusCode.BadGateway, default), (answer.Status, answer.Body.ValueKind));
        Assert.Equal(["hidden"], await business.ScreenAsync());
    }

    [Fact]
    public async Task A_send_can_be_slow_and_a_fault_can_single_out_one_phone()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { delay_ms = 300, phone = Business.Ana } });

        var clock = Stopwatch.StartNew();
        await business.SayAsync("quick", to: "+5491155550102");
        var quick = clock.ElapsedMilliseconds;
        clock.Restart();
        await business.SayAsync("slow");

        Assert.InRange(quick, 0, 290);
        Assert.InRange(clock.ElapsedMilliseconds, 290, 10_000);
    }

    [Fact]
    public async Task A_status_can_come_before_the_send_is_answered()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { status_before_response = true } });

        var sent = await business.SayAsync("early");

        Assert.Contains("sent", business.Receiver.Statuses(sent.Id));
    }

    [Fact]
    public async Task Webhooks_can_come_twice()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { webhook = new { duplicate = true, times = 1 } });

        var id = await business.HearAsync(new { text = "twice" });

        Assert.Equal(2, business.Receiver.Items("messages").Count(one => one.GetProperty("id").GetString() == id));
    }

    [Fact]
    public async Task Webhooks_can_get_lost_by_kind()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { webhook = new { drop = true, only = "statuses" } });

        var sent = await business.SayAsync("silence");
        await business.HearAsync(new { text = "heard" });
        for (var i = 0; i < 100 && await DroppedAsync(business) < 3; i++) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);

        Assert.Empty(business.Receiver.Statuses(sent.Id));
        Assert.Contains(business.Receiver.Items("messages"), one => one.GetProperty("text").GetProperty("body").GetString() == "heard");
    }

    [Fact]
    public async Task Webhooks_can_overtake_each_other()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { webhook = new { reorder = true } });

        await business.ControlAsync($"phones/{Business.Ana}/messages", new { text = "first" });
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await business.HearAsync(new { text = "second" });
        await Eventually.Holds(() => Texts(business).Length == 3, "both came");

        Assert.Equal(["hola", "second", "first"], Texts(business));
    }

    [Theory]
    [InlineData("""{"send": {"status": 500}}""", "send.status is not known here")]
    [InlineData("""{"sned": {"http": 500}}""", "sned is not known here")]
    [InlineData("""{"send": {"drop": "befor"}}""", "send.drop is of the wrong kind")]
    [InlineData("""{"webhook": {"delay_ms": "long"}}""", "webhook.delay_ms is of the wrong kind")]
    [InlineData("""{"send": """, "is not JSON")]
    public async Task A_mistyped_fault_is_refused_by_its_name(string body, string words)
    {
        await using var business = await OpenAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var refused = await business.Http.PutAsync(new Uri("/control/faults", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync();
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("ChatOperator", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await business.SayAsync("fine")).Status);
    }

    [Fact]
    public async Task Faults_end_when_cleared_and_reset_forgets_everything()
    {
        await using var business = await OpenAsync();
        await business.BreakAsync(new { send = new { http = 500 } });
        using var cleared = await business.Http.DeleteAsync("/control/faults");
        Assert.Equal(HttpStatusCode.OK, (await business.SayAsync("fine")).Status);

        await business.ControlAsync("reset", new { });

        Assert.Equal(190, (await business.SayAsync("nobody here")).Code);
        Assert.Empty(await business.ScreenAsync());
        Assert.Equal(0, (await business.GetAsync("/control/counters")).GetProperty("accepted").GetInt32());
    }

    private static async Task<Business> OpenAsync()
    {
        var business = await Business.OpenAsync();
        await business.HearAsync(new { text = "hola" });
        return business;
    }

    private static async Task<int> DroppedAsync(Business business) =>
        (await business.GetAsync("/control/counters")).GetProperty("webhooks").GetProperty("dropped").GetInt32();

    private static string[] Texts(Business business) =>
        [.. business.Receiver.Items("messages").Select(one => one.GetProperty("text").GetProperty("body").GetString()!)];
}
