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
        read.MapGet("", (AppDb db, [AsParameters] ReceiptQuery query, CancellationToken cancel) => db.ReadReceiptsAsync(query, cancel))
            .WithSummary("What the networks sent, newest first");
        read.MapGet("/{id:guid}", (Guid id, AppDb db, AccountDirectory accounts, CancellationToken cancel) => db.ReadReceiptAsync(id, accounts, cancel))
            .WithSummary("One receipt with its bytes");
        read.MapGet("/reconciliation", ReconcileAsync).WithSummary("Whether a day's counters are what its receipts say");
        read.MapGet("/health", IntakeHealth.ReadAsync).WithSummary("How the intake is doing");
        var replay = app.MapGroup("/admin/receipts").WithTags("Receipts").RequireAuthorization(Access.Manage);
        replay.MapPost("/{id:guid}/replay", (Guid id, AppDb db, Replay replay, CancellationToken cancel) => replay.OneAsync(db, id, cancel))
            .WithSummary("Apply a receipt once more");
        replay.MapPost("/replay", (ReplayOrder order, AppDb db, Replay replay, CancellationToken cancel) => replay.AllAsync(db, order, cancel))
            .WithSummary("Apply all with one verdict once more");
        MapPlatform(app.MapGroup("/platform/receipts").WithTags("Platform").RequireAuthorization(Access.Platform));
    }

    private static void MapPlatform(RouteGroupBuilder platform)
    {
        platform.MapGet("", ([AsParameters] ReceiptQuery query, Databases databases, CancellationToken cancel) =>
            WithinAsync(databases, db => db.ReadReceiptsAsync(query, cancel))).WithSummary("What came for no account");
        platform.MapGet("/{id:guid}", (Guid id, Databases databases, AccountDirectory accounts, CancellationToken cancel) =>
            WithinAsync(databases, db => db.ReadReceiptAsync(id, accounts, cancel))).WithSummary("One of them with its bytes");
        platform.MapGet("/reconciliation", ([FromQuery] DateOnly? day, Databases databases, CancellationToken cancel) =>
            WithinAsync(databases, db => db.ReconcileAsync(Tenant.Platform, day ?? Today(databases.Time), ReceiptSweep.PlatformDays, cancel)))
            .WithSummary("Whether the counters of what came for no account are what its receipts say");
        platform.MapPost("/{id:guid}/replay", (Guid id, Databases databases, Replay replay, CancellationToken cancel) =>
            WithinAsync(databases, db => replay.OneAsync(db, id, cancel))).WithSummary("Look for its account once more");
        platform.MapPost("/replay", (ReplayOrder order, Databases databases, Replay replay, CancellationToken cancel) =>
            WithinAsync(databases, db => replay.AllAsync(db, order, cancel))).WithSummary("Look for the accounts of all of them once more");
    }

    private static async Task<DayBooks> ReconcileAsync([FromQuery] DateOnly? day, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        var kept = await db.Tenants.Where(t => t.Id == caller.Tenant).Select(t => new { t.ReceiptDays, t.TroubledReceiptDays }).SingleAsync(cancel);
        return await db.ReconcileAsync(caller.Tenant, day ?? Today(db.Databases.Time), Math.Min(kept.ReceiptDays, kept.TroubledReceiptDays), cancel);
    }

    private static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static async Task<T> WithinAsync<T>(Databases databases, Func<AppDb, Task<T>> work)
    {
        await using var db = databases.For(Tenant.Platform);
        return await work(db);
    }
}
