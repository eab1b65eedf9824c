using System.Net;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Health;

/// <summary>What machines ask a node: whether it lives, whether it can serve, how it is doing.</summary>
internal static class HealthSetup
{
    private const string Metrics = "metrics";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddExposedMetrics();
        builder.Services.AddAuthorizationBuilder().AddPolicy(Metrics, p => p
            .RequireAssertion(asked => IsLocal(asked) || asked.User.HasClaim(c => c.Type == Access.PlatformClaim)));
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/healthz", () => "ok").AllowAnonymous().WithTags("Health").WithSummary("The process lives");
        app.MapGet("/readyz", ReadyAsync).AllowAnonymous().WithTags("Health").WithSummary("The node can serve: its database answers");
        app.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Metrics);
    }

    private static async Task<string> ReadyAsync(Databases databases, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await using var db = databases.ForSystem();
            await db.Tenants.AnyAsync(limit.Token);
            return "ready";
        }
        // Whatever the database fails with, the answer is the same: not ready.
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            throw new Problem(503, "unavailable", "The database does not answer.", "Look at the server's log and the database.");
        }
    }

    /// <summary>Straight from this machine. What a reverse proxy forwards carries the client's own address by then.</summary>
    private static bool IsLocal(AuthorizationHandlerContext asked) =>
        asked.Resource is HttpContext { Connection.RemoteIpAddress: { } address } && IPAddress.IsLoopback(address);
}
