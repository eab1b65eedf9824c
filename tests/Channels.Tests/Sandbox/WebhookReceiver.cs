using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>The business's server: keeps every webhook, with whether its signature was right.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Heard> _heard = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/hook";

    /// <summary>The statuses to answer with, one after another; then 200 for ever.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public IReadOnlyList<Heard> All => [.. _heard];

    /// <summary>Everything under <c>changes[].value</c> of this name, over all webhooks.</summary>
    public JsonElement[] Items(string name) =>
    [
        .. _heard.Where(one => one.Json is not null).SelectMany(one => one.Json!.Value.GetProperty("entry").EnumerateArray())
            .SelectMany(entry => entry.GetProperty("changes").EnumerateArray())
            .Select(change => change.GetProperty("value"))
            .Where(value => value.TryGetProperty(name, out _))
            .SelectMany(value => value.GetProperty(name).EnumerateArray()),
    ];

    public string[] Statuses(string id) =>
        [.. Items("statuses").Where(one => one.GetProperty("id").GetString() == id).Select(one => one.GetProperty("status").GetString()!)];

    public static async Task<WebhookReceiver> StartAsync(string secret)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.MapGet("/hook", (HttpRequest request) => request.Query["hub.verify_token"] == "verify"
            ? Results.Text(request.Query["hub.challenge"]) : Results.StatusCode(403));
        receiver._app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes);
            var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes.ToArray()));
            var answer = receiver.Answers.TryDequeue(out var status) ? status : 200;
            receiver._heard.Enqueue(new Heard(bytes.ToArray(), request.Headers["X-Hub-Signature-256"] == expected, answer));
            return Results.StatusCode(answer);
        });
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

/// <summary>One webhook as it came in, and what it was answered.</summary>
internal sealed record Heard(byte[] Bytes, bool Genuine, int Answered)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonElement? Json => Text.StartsWith('{') ? JsonElement.Parse(Bytes) : null;
}

internal static class Eventually
{
    /// <summary>Waits, ten seconds at most, until something holds.</summary>
    public static async Task Holds(Func<bool> condition, string what)
    {
        for (var i = 0; i < 500; i++)
        {
            if (condition()) return;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        Xunit.Assert.Fail($"never came true: {what}");
    }
}
