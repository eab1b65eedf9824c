using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Channels.Tests;

/// <summary>The address that a network calls: keeps what came, and offers files for it to fetch.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<(byte[] Body, Dictionary<string, string> Headers)> _hooks =
        Channel.CreateUnbounded<(byte[], Dictionary<string, string>)>();

    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public Uri Hook => new(new Uri(_app.Urls.First()), "hook");

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/hook", (Delegate)receiver.KeepAsync);
        app.MapGet("/files/{**type}", (string type) => Results.Bytes("bytes of a file"u8.ToArray(), type));
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Where a file of this type can be fetched.</summary>
    public string FileUrl(string mimeType) => new Uri(new Uri(_app.Urls.First()), $"files/{mimeType}").ToString();

    /// <summary>The next webhook; fails the test when none comes.</summary>
    public async Task<(byte[] Body, Dictionary<string, string> Headers)> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        return await _hooks.Reader.ReadAsync(patience.Token);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> KeepAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _hooks.Writer.TryWrite((body.ToArray(), headers));
        return Results.Ok();
    }
}
