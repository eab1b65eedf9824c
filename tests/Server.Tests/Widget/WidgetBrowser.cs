using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Widget;

/// <summary>A visitor's browser on a business's page, as the server sees it: an Origin and a token, no cookie.</summary>
internal sealed class WidgetBrowser(TestAccount widget, string origin = WidgetBrowser.Shop) : IDisposable
{
    public const string Shop = "https://shop.example", Secret = "the shop's word with its server";

    private static int _drawn;

    private readonly HttpClient _http = new() { BaseAddress = widget.Tenant.Server.Address };

    public TestAccount Widget => widget;

    public string? Token { get; set; }

    public static Task<TestAccount> ConnectAsync(TestTenant tenant, string origins = Shop, string name = "Tienda") =>
        tenant.AccountAsync("web", name, new Dictionary<string, object?>
        {
            ["allowed_origins"] = origins, ["identity_secret"] = Secret, ["greeting"] = "¿En qué ayudamos?",
        });

    /// <summary>A number of its own for each message.</summary>
    public static string Draw() => $"message-{Interlocked.Increment(ref _drawn):00000}";

    /// <summary>What the business's server tells its page of a person.</summary>
    public static object Identity(string id, string? name = null, string secret = Secret) => new
    {
        id, name, hash = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(id))),
    };

    /// <summary>A page view.</summary>
    public async Task<JsonElement> OpenAsync(object? identity = null)
    {
        var session = await PostAsync("session", new { token = Token, identity, language = "es-AR" });
        Token = session.GetProperty("token").GetString();
        return session;
    }

    public Task<JsonElement> SayAsync(string text, string? clientId = null) =>
        PostAsync("messages", new { client_id = clientId ?? Draw(), text });

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await SendAsync(HttpMethod.Post, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new ApiException(answer.StatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The conversation as this visitor may see it.</summary>
    public async Task<JsonElement> PageAsync(string query = "")
    {
        using var answer = await SendAsync(HttpMethod.Get, "messages" + query);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new ApiException(answer.StatusCode, text);
    }

    public async Task<string[]> TextsAsync() =>
        [.. (await PageAsync()).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()!)];

    /// <summary>The code of the problem that refuses this.</summary>
    public async Task<(HttpStatusCode, string?)> RefusedAsync(HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        if (answer.IsSuccessStatusCode) return (answer.StatusCode, null);
        return (answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString());
    }

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead, CancellationToken cancel = default)
    {
        var request = new HttpRequestMessage(method, $"/widget/{widget.WebhookUrl.Segments[^1]}/{path}");
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        if (origin.Length > 0) request.Headers.Add("Origin", origin);
        if (Token is not null) request.Headers.Authorization = new("Bearer", Token);
        return _http.SendAsync(request, until, cancel);
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>An open stream of a visitor, collecting what it is told.</summary>
internal sealed class WidgetStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<(string Type, string Cursor, JsonElement Data)> _events = [];
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private WidgetStream(WidgetBrowser browser, string cursor) => _reading = ReadAsync(browser, cursor);

    public static async Task<WidgetStream> OpenAsync(WidgetBrowser browser, string? cursor = null)
    {
        var stream = new WidgetStream(browser, cursor ?? (await browser.PageAsync()).GetProperty("cursor").GetString()!);
        await Task.WhenAny(stream._open.Task, stream._reading);
        await stream._open.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return stream;
    }

    /// <summary>Where it stands now.</summary>
    public string Cursor { get; private set; } = "";

    public List<(string Type, string Cursor, JsonElement Data)> Told
    {
        get { lock (_events) return [.. _events]; }
    }

    public IEnumerable<string> Texts => Told.Where(e => e.Type == "message").Select(e => e.Data.GetProperty("message").GetProperty("text").GetString()!);

    public Task HearsAsync(string text) => Eventually.GetAsync(() => Task.FromResult(Texts.ToList()), texts => texts.Contains(text), condition: text);

    public Task HearsOfAsync(string type) =>
        Eventually.GetAsync(() => Task.FromResult(Told), told => told.Exists(e => e.Type == type), condition: type);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try { await _reading; }
        catch (OperationCanceledException) { }
        _end.Dispose();
    }

    private async Task ReadAsync(WidgetBrowser browser, string cursor)
    {
        using var answer = await browser.SendAsync(HttpMethod.Get, $"stream?cursor={cursor}", null, HttpCompletionOption.ResponseHeadersRead, _end.Token);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(_end.Token);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(_end.Token))
        {
            Cursor = item.EventId!;
            if (item.EventType != "ping") lock (_events) _events.Add((item.EventType, item.EventId!, JsonSerializer.Deserialize<JsonElement>(item.Data)));
            if (item.EventType is "ping" or "resync") _open.TrySetResult();
        }
    }
}
