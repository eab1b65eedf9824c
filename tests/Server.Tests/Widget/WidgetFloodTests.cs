using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Widget;

/// <summary>Whoever floods draws visitors as they like: what costs room is counted by their address and by the widget.</summary>
public sealed class WidgetFloodTests
{
    [Fact]
    public async Task One_address_begins_only_so_many_conversations_whoever_it_says_it_is()
    {
        await using var server = await StartAsync(("ConversationsPerMinute", "3"));
        var widget = await WidgetBrowser.ConnectAsync(await server.TenantAsync());
        for (var n = 0; n < 3; n++) Assert.Equal(HttpStatusCode.OK, (await BeginAsync(widget)).Status);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await BeginAsync(widget));
    }

    [Fact]
    public async Task One_address_sends_only_so_much_whoever_it_says_it_is()
    {
        await using var server = await StartAsync(("MessagesPerMinute", "4"), ("VisitorsPerAddress", "2"));
        var widget = await WidgetBrowser.ConnectAsync(await server.TenantAsync());
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 3; n++)
        {
            using var visitor = new WidgetBrowser(widget);
            await visitor.OpenAsync();
            for (var m = 0; m < 3; m++)
                answers.Add((await visitor.RefusedAsync(HttpMethod.Post, "messages", new { client_id = WidgetBrowser.Draw(), text = $"{n} {m}" })).Item1);
        }
        Assert.Equal(8, answers.Count(a => a == HttpStatusCode.OK));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task A_visitor_has_only_so_many_streams_open()
    {
        await using var server = await StartAsync(("StreamsPerVisitor", "2"));
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(await server.TenantAsync()));
        await visitor.OpenAsync();
        await visitor.SayAsync("hola");
        using (var first = await visitor.SendAsync(HttpMethod.Get, "stream", until: HttpCompletionOption.ResponseHeadersRead))
        using (var second = await visitor.SendAsync(HttpMethod.Get, "stream", until: HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
            Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), await visitor.RefusedAsync(HttpMethod.Get, "stream"));
        }
        // Closed ones do not count.
        await Eventually.GetAsync(
            async () =>
            {
                using var again = await visitor.SendAsync(HttpMethod.Get, "stream", until: HttpCompletionOption.ResponseHeadersRead);
                return again.StatusCode;
            },
            status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_never_sent_may_not_fill_the_disk()
    {
        await using var server = await StartAsync(("UnsentMegabytes", "1"));
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(await server.TenantAsync()));
        await visitor.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, await UploadAsync(visitor));
        Assert.Equal(HttpStatusCode.TooManyRequests, await UploadAsync(visitor));
    }

    private static Task<TestServer> StartAsync(params (string Name, string Value)[] limits)
    {
        var options = new ServerOptions();
        foreach (var (name, value) in limits) options.Settings[$"Widget:{name}"] = value;
        return TestServer.StartAsync(DatabaseProvider.Sqlite, options);
    }

    private static async Task<(HttpStatusCode Status, string? Code)> BeginAsync(TestAccount widget)
    {
        using var visitor = new WidgetBrowser(widget);
        await visitor.OpenAsync();
        return await visitor.RefusedAsync(HttpMethod.Post, "messages", new { client_id = WidgetBrowser.Draw(), text = "hola" });
    }

    private static async Task<HttpStatusCode> UploadAsync(WidgetBrowser visitor)
    {
        var text = new ByteArrayContent([.. Enumerable.Repeat((byte)'a', 1024 * 1024 + 1)]);
        text.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return (await visitor.RefusedAsync(HttpMethod.Post, "files", new MultipartFormDataContent { { text, "file", "a.txt" } })).Item1;
    }
}
