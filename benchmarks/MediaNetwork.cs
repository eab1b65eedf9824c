using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Bench;

/// <summary>A network that has every file: its id says how large it is (<c>17-1048576</c>), its bytes are a document's.</summary>
internal sealed class MediaNetwork : IAsyncDisposable
{
    private static readonly byte[] Chunk = [.. "%PDF-1.4\n"u8, .. new byte[64 * 1024]];

    private readonly WebApplication _app;

    private MediaNetwork(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<MediaNetwork> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/files/{id}", (string id, HttpContext http) => ServeAsync(id, http.Response));
        app.MapGet("/{version}/{id}", (string id, HttpContext http) => http.Response.WriteAsJsonAsync(
            new { messaging_product = "whatsapp", url = $"http://{http.Request.Host}/files/{id}", mime_type = "application/pdf", id }));
        await app.StartAsync();
        return new MediaNetwork(app);
    }

    /// <summary>Files per second of a plain client that asks, downloads and forgets.</summary>
    public async Task<double> BareAsync(int count, int size, int callers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        var (left, clock) = (count, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            for (int n; (n = Interlocked.Decrement(ref left)) >= 0;)
            {
                await client.GetStringAsync(new Uri(Address, $"/v25.0/{n}-{size}"));
                await using var file = await client.GetStreamAsync(new Uri(Address, $"/files/{n}-{size}"));
                await file.CopyToAsync(Stream.Null);
            }
        }));
        return count / clock.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task ServeAsync(string id, HttpResponse response)
    {
        var left = long.Parse(id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
        (response.ContentType, response.ContentLength) = ("application/pdf", left);
        for (; left > 0; left -= Chunk.Length) await response.Body.WriteAsync(Chunk.AsMemory(0, (int)Math.Min(left, Chunk.Length)));
    }
}
