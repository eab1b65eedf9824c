using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Cluster.Tests;

/// <summary>
/// What stands before a cluster: webhooks go to the first node that answers, whichever is dead or frozen. Reports reach the cluster as long
/// as one node lives, which is what settling relies on.
/// </summary>
public sealed class Balancer : IAsyncDisposable
{
    /// <summary>With a node while there is another to ask.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>With the last one: a busy server is waited for, as networks do.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(8);

    private readonly WebApplication _app;
    private readonly HttpClient _client = new();

    private Balancer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<Balancer> StartAsync(IReadOnlyList<Uri> nodes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var balancer = new Balancer(builder.Build());
        balancer._app.Map("/{**path}", (HttpContext http) => balancer.ForwardAsync(http, nodes));
        await balancer._app.StartAsync();
        return balancer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext http, IReadOnlyList<Uri> nodes)
    {
        using var kept = new MemoryStream();
        await http.Request.Body.CopyToAsync(kept);
        foreach (var node in nodes)
        {
            using var patience = new CancellationTokenSource(node == nodes[^1] ? LastPatience : Patience, TimeProvider.System);
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(node, http.Request.Path + http.Request.QueryString));
            request.Content = new ByteArrayContent(kept.ToArray());
            foreach (var header in http.Request.Headers.Where(h => h.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)))
                request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string?>)header.Value);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType ?? "application/json");
            try
            {
                using var answer = await _client.SendAsync(request, patience.Token);
                if ((int)answer.StatusCode >= 500) continue;
                http.Response.StatusCode = (int)answer.StatusCode;
                await answer.Content.CopyToAsync(http.Response.Body);
                return;
            }
            catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
            {
                // The next node may be well.
            }
        }
        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
    }
}
