using System.Net;
using System.Net.Http.Headers;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

public sealed class ConsoleFilesTests(ServedConsole console) : IClassFixture<ServedConsole>
{
    private readonly Api _browser = console.Browser;

    [Theory]
    [InlineData("/")]
    [InlineData("/chats/0199a1b2-0000-7000-8000-000000000001")]
    [InlineData("/settings/channels")]
    public async Task A_link_into_the_console_opens_its_page(string path)
    {
        using var answer = await _browser.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("<title>Chat Operator</title>", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/auth/nothing-like-this")]
    [InlineData("/assets/app-0000.js")]
    [InlineData("/missing.png")]
    [InlineData("/../appsettings.json")]
    public async Task A_mistyped_address_of_anything_else_is_a_404(string path) =>
        await _browser.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, path);

    [Theory]
    [InlineData("/chats")]
    [InlineData("/auth/nothing-like-this")]
    public async Task Only_reading_finds_the_console(string path) =>
        await _browser.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, path, new { });

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip", "gzip")]
    [InlineData("identity", null, "plain")]
    public async Task The_smallest_form_that_the_browser_takes_is_sent(string accepted, string? coding, string body)
    {
        using var answer = await _browser.SendAsync(HttpMethod.Get, "/assets/app-1a2b.js", null, ("Accept-Encoding", accepted));
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal("text/javascript; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using var first = await _browser.SendAsync(HttpMethod.Get, "/favicon.svg");
        using var second = await _browser.SendAsync(HttpMethod.Get, "/favicon.svg", null, ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(new MediaTypeHeaderValue("image/svg+xml"), first.Content.Headers.ContentType);
    }
}

/// <summary>A server with a small console of its own.</summary>
public sealed class ServedConsole : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("chat-operator-console-").FullName;
    private TestServer _server = null!;

    /// <summary>Somebody who is not signed in.</summary>
    public Api Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_root, "assets"));
        foreach (var (name, text) in (ReadOnlySpan<(string, string)>)[
            ("index.html", "<title>Chat Operator</title>"), ("index.html.br", "br"), ("favicon.svg", "<svg/>"),
            ("assets/app-1a2b.js", "plain"), ("assets/app-1a2b.js.br", "brotli"), ("assets/app-1a2b.js.gz", "gzip")])
            File.WriteAllText(Path.Combine(_root, name), text);
        _server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions { WebRoot = _root });
        Browser = new Api(_server.Address, null);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_root, true);
    }
}
