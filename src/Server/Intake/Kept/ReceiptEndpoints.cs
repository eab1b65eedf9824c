using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>The addresses under /admin/receipts, and the same for what belongs to no tenant under /platform/receipts.</summary>
internal static class ReceiptEndpoints
{
    public static void MapReceipts(this WebApplication app)
    {
        var read = app.MapGroup("/admin/receipts").WithTags("Receipts").RequireAuthorization(Access.Write);
        read.MapGet("", ([AsParameters] ReceiptQuery query, SeenReceipts seen, CancellationToken cancel) => seen.ListAsync(query, cancel))
            .WithSummary("What the networks sent, newest first; for a platform administrator also what came for no account");
        read.MapGet("/{id:guid}", (Guid id, SeenReceipts seen, AccountDirectory accounts, CancellationToken cancel) =>
            seen.WithinAsync(id, db => db.ReadReceiptAsync(id, accounts, cancel), cancel)).WithSummary("One receipt with its bytes");
        read.MapGet("/reconciliation", ([FromQuery] DateOnly? day, SeenReceipts seen, CancellationToken cancel) => seen.ReconcileAsync(day, cancel))
            .WithSummary("Whether a day's counters are what its receipts say");
        read.MapGet("/health", IntakeHealth.ReadAsync).WithSummary("How the intake is doing");
        var replay = app.MapGroup("/admin/receipts").WithTags("Receipts").RequireAuthorization(Access.Manage);
        replay.MapPost("/{id:guid}/replay", (Guid id, SeenReceipts seen, Replay replay, CancellationToken cancel) =>
            seen.WithinAsync(id, db => replay.OneAsync(db, id, cancel), cancel)).WithSummary("Apply a receipt once more");
        replay.MapPost("/replay", async (ReplayOrder order, SeenReceipts seen, Replay replay, CancellationToken cancel) =>
        {
            var replayed = 0;
            foreach (var db in seen.Doors) replayed += (await replay.AllAsync(db, order, cancel)).Count;
            return new Replayed(replayed);
        }).WithSummary("Apply all with one verdict once more");
        MapPlatform(app.MapGroup("/platform/receipts").WithTags("Platform").RequireAuthorization(Access.Platform));
    }

    private static void MapPlatform(RouteGroupBuilder platform)
    {
        platform.MapGet("", ([AsParameters] ReceiptQuery query, Databases databases, CancellationToken cancel) =>
            WithinAsync(databases, db => db.ReadReceiptsAsync(query, cancel))).WithSummary("What came for no account");
        platform.MapGet("/{id:guid}", (Guid id, Databases databases, AccountDirectory accounts, CancellationToken cancel) =>
            WithinAsync(databases, db => db.ReadReceiptAsync(id, accounts, cancel))).WithSummary("One of them with its bytes");
        platform.MapGet("/reconciliation", ([FromQuery] DateOnly? day, Databases databases, CancellationToken cancel) =>
            WithinAsync(databases, db => Reconciliation.OfAsync([(db, Tenant.Platform)], day ?? Today(databases.Time), ReceiptSweep.PlatformDays, cancel)))
            .WithSummary("Whether the counters of what came for no account are what its receipts say");
        platform.MapPost("/{id:guid}/replay", (Guid id, Databases databases, Replay replay, CancellationToken cancel) =>
            WithinAsync(databases, db => replay.OneAsync(db, id, cancel))).WithSummary("Look for its account once more");
        platform.MapPost("/replay", (ReplayOrder order, Databases databases, Replay replay, CancellationToken cancel) =>
            WithinAsync(databases, db => replay.AllAsync(db, order, cancel))).WithSummary("Look for the accounts of all of them once more");
    }

    internal static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static async Task<T> WithinAsync<T>(Databases databases, Func<AppDb, Task<T>> work)
    {
        await using var db = databases.For(Tenant.Platform);
        return await work(db);
    }
}
