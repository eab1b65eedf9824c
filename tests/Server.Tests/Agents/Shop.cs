using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>A tenant's own server, which the agent's tools call.</summary>
/// <param name="echoes">It answers with the headers that it got.</param>
internal sealed class Shop(WebApplication app, bool echoes) : IAsyncDisposable
{
    public ConcurrentQueue<ShopCall> Calls { get; } = [];
    public string Address => app.Urls.Single() + "/";

    public static async Task<Shop> OpenAsync(bool echoes = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var shop = new Shop(builder.Build(), echoes);
        await shop.StartAsync();
        return shop;
    }

    /// <summary>The definition of a tool with effects that cancels an order.</summary>
    public object Cancelling() => new
    {
        name = "cancel_order", description = "Cancels an order.", method = "POST", url = Address + "orders/{number}/cancel", has_effects = true,
        parameters = new { type = "object", properties = new { number = new { type = "string" } }, required = new[] { "number" } },
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task StartAsync()
    {
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            Calls.Enqueue(new ShopCall(target, http.Request.Headers["X-Key"].ToString(), http.Request.Headers["Idempotency-Key"].ToString(), await body.ReadToEndAsync()));
            if (echoes) await http.Response.WriteAsJsonAsync(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()));
            else await http.Response.WriteAsJsonAsync(new { state = "cancelled" });
        });
        return app.StartAsync();
    }
}

/// <summary>What a tenant's server was asked.</summary>
internal sealed record ShopCall(string Path, string Key, string Idempotency, string Body);
