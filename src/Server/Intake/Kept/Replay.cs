using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Kept;

/// <summary>Which receipts are applied once more.</summary>
/// <param name="Since">Those received then or later.</param>
/// <param name="Verdict">Those with this verdict.</param>
public sealed record ReplayOrder(DateTimeOffset Since, string Verdict = "failed");

/// <summary>How many were applied once more.</summary>
public sealed record Replayed(int Count)
{
    [System.Text.Json.Serialization.JsonPropertyName("replayed")]
    public int Count { get; init; } = Count;
}

/// <summary>
/// Reads stored bytes again and applies them through the same queue as new ones: after an upgrade that understands more, or once an
/// account is connected. What was applied before stays applied, once.
/// </summary>
internal sealed class Replay(AccountDirectory accounts, ReplayRouting routing, IntakeQueue queue, TimeProvider time)
{
    /// <summary>So many wait in the queue at most, so that what arrives meanwhile has room.</summary>
    private const int AtOnce = 64;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="Problem">404; 409 when the account whose address it came to is gone; 503 when the queue is full.</exception>
    public async Task<Replayed> OneAsync(AppDb db, Guid id, CancellationToken cancel)
    {
        var receipt = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw Problem.NotFound();
        var arrival = await ArriveAsync(receipt, cancel)
            ?? throw new Problem(409, "account_gone", "The account that this came to is no longer connected.", "Connect it again, then replay.");
        using var held = queue.Bytes.Open();
        if (!held.GrowTo(arrival.Body.Length) || !queue.TryEnqueue(arrival)) throw Busy();
        await StoredAsync(arrival);
        return new Replayed(1);
    }

    /// <summary>Oldest first, in the order in which they came. Receipts of accounts that are gone are left as they are.</summary>
    /// <exception cref="Problem">400; 503 when the database cannot be written.</exception>
    public async Task<Replayed> AllAsync(AppDb db, ReplayOrder order, CancellationToken cancel)
    {
        var (verdict, first, replayed) = (ReceiptList.VerdictOf(order.Verdict), ReceiptIds.First(order.Since), 0);
        while (true)
        {
            var page = await db.Receipts.AsNoTracking()
                .Where(r => r.Verdict == verdict && r.Id.CompareTo(first) > 0 && r.ReceivedAt >= order.Since).OrderBy(r => r.Id).Select(r => r.Id)
                .Take(AtOnce).ToListAsync(cancel);
            if (page.Count == 0) return new Replayed(replayed);
            first = page[^1];
            replayed += await ApplyAsync(db, page, cancel);
        }
    }

    /// <summary>Their bodies are read one by one, and held while they wait as those of webhooks are.</summary>
    private async Task<int> ApplyAsync(AppDb db, List<Guid> page, CancellationToken cancel)
    {
        var (waiting, leases, replayed) = (new List<(Arrival Arrival, ByteBudget.Lease Held)>(), new List<ByteBudget.Lease>(), 0);
        try
        {
            foreach (var id in page)
            {
                if (await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancel) is not { } receipt) continue;
                if (await ArriveAsync(receipt, cancel) is not { } arrival) continue;
                var held = queue.Bytes.Open();
                leases.Add(held);
                while (!held.GrowTo(arrival.Body.Length) || !queue.TryEnqueue(arrival))
                {
                    // Room comes when ours are stored, or somebody else's.
                    if (waiting.Count == 0) await Task.Delay(Pause, time, cancel);
                    replayed += await StoredAsync(waiting);
                }
                waiting.Add((arrival, held));
            }
            return replayed + await StoredAsync(waiting);
        }
        finally
        {
            foreach (var held in leases) held.Dispose();
        }
    }

    private async Task<Arrival?> ArriveAsync(Receipt receipt, CancellationToken cancel)
    {
        if (await accounts.OfAnyTenantAsync(receipt.AccountId, cancel) is not { } hook) return null;
        var body = Receipts.BodyOf(receipt);
        var items = await routing.RouteAsync(receipt, hook, hook.Channel.Read(body), body, cancel);
        return new Arrival(receipt.Id, receipt.ReceivedAt, hook, body, items) { Replays = receipt };
    }

    private static async Task<int> StoredAsync(List<(Arrival Arrival, ByteBudget.Lease Held)> waiting)
    {
        foreach (var (arrival, held) in waiting)
        {
            await StoredAsync(arrival);
            held.Dispose();
        }
        var count = waiting.Count;
        waiting.Clear();
        return count;
    }

    private static async Task StoredAsync(Arrival arrival)
    {
        try { await arrival.Stored; }
        catch (IntakeUnavailableException) { throw Busy(); }
    }

    private static Problem Busy() =>
        new(503, "unavailable", "The intake has no room at the moment.", "Try again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) };
}

/// <summary>
/// Whose the items of a stored receipt are. A tenant's go to the tenant's own accounts, never elsewhere; the platform's go to accounts
/// whose secret verifies the signature that was kept with them.
/// </summary>
internal sealed class ReplayRouting(AccountDirectory accounts, Routing routing)
{
    public async Task<ArrivedItem[]> RouteAsync(
        Receipt receipt, ConnectedAccount hook, IReadOnlyList<ChannelEvent> events, byte[] body, CancellationToken cancel)
    {
        var before = Receipts.ItemsOf(receipt);
        if (receipt.TenantId != Tenant.Platform) return await ToTenantAsync(receipt, hook, events, before, cancel);
        var request = KeptSignature.Request(receipt, body);
        var items = await routing.RouteAsync(events, hook, request, cancel);
        // Of a body of several tenants the others' items stand in their own receipts.
        var mine = before.Select(b => (b.Kind, b.ExternalId)).ToList();
        return before.Length == items.Length ? items : [.. items.Where(i => mine.Remove(Receipts.NameOf(i.Event)))];
    }

    private async Task<ArrivedItem[]> ToTenantAsync(
        Receipt receipt, ConnectedAccount hook, IReadOnlyList<ChannelEvent> events, ReceiptItem[] before, CancellationToken cancel)
    {
        var known = before.Select(b => b.Account).OfType<Guid>().Append(hook.TenantId == receipt.TenantId ? hook.Id : Guid.Empty).ToHashSet();
        var applied = before.Where(b => b.Verdict == Verdict.Applied).ToLookup(b => (b.Kind, b.ExternalId));
        var items = new List<ArrivedItem>(events.Count);
        foreach (var told in events)
        {
            var route = told.Route;
            var candidates = route is { Account: null, Owner: null } ? [] : await accounts.ByRouteAsync(receipt.Channel, route, cancel);
            var own = candidates.Where(c => c.TenantId == receipt.TenantId && known.Contains(c.Id)).ToList();
            if (own.Count == 0 && route is { Account: null, Owner: null } && hook.TenantId == receipt.TenantId) own.Add(hook);
            IEnumerable<ConnectedAccount?> concerned = OwnersNews.Is(told) ? OwnersNews.Narrow(route, own) : own.Take(1);
            foreach (var account in concerned.DefaultIfEmpty())
                items.Add(new ArrivedItem(told, account, account is null ? "account_gone" : null)
                {
                    AppliedBefore = applied[Receipts.NameOf(told)].FirstOrDefault(b => b.Account is null || account is null || b.Account == account.Id),
                });
        }
        return [.. items];
    }
}
