using System.Collections.Concurrent;
using ChatOperator.Attachments.Store;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Attachments.Inbound;

/// <summary>
/// Fetches what is due: woken by a hint or by its own look each second. A fetch is leased by pushing its due time on, so that two nodes do
/// not do the same and a crash only delays; while it runs the lease is renewed.
/// </summary>
internal sealed class FetchQueue(
    Databases databases, Fetch fetch, FetchOutcomes outcomes, MediaStore store, Settings settings, TimeProvider time, ILogger<FetchQueue> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);

    /// <summary>What is under way at a stop has this long to be broken off.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Id), Running> _running = new();
    private readonly SemaphoreSlim _hint = new(0, 1);

    private int PerAccount => Math.Max(1, settings.Media.FetchesAtOnce / 2);

    /// <summary>Something is due now. A hint: losing it costs a second.</summary>
    public void Wake()
    {
        try { _hint.Release(); }
        catch (SemaphoreFullException) { /* woken already */ }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.RemoveAbandoned(time.GetUtcNow());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RenewAsync(stoppingToken);
                if (await BeginAsync(stoppingToken)) continue;
            }
            // The database is in trouble: what is due stays due.
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "Due files could not be looked for."); }
            await WaitAsync(stoppingToken);
        }
        await Task.WhenAll(_running.Values.Select(r => r.Done)).WaitAsync(StopPatience, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        _hint.Dispose();
        base.Dispose();
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var nap = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var hint = _hint.WaitAsync(nap.Token);
        await Task.WhenAny(hint, Task.Delay(Look, time, nap.Token));
        await nap.CancelAsync();
        await hint.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Starts as many as there is room for. True: there may be more.</summary>
    private async Task<bool> BeginAsync(CancellationToken stopping)
    {
        var room = settings.Media.FetchesAtOnce - _running.Count;
        if (room <= 0) return false;
        // One slow account must not take all the room. It gets more once half of its share is free: one look and one commit serve several files.
        var most = PerAccount;
        var busy = _running.Values.GroupBy(r => r.Account).Where(g => g.Count() > most / 2).Select(g => g.Key).ToArray();
        var claimed = await ClaimAsync(room, most, busy, stopping);
        foreach (var row in claimed)
        {
            // Known before it begins: it takes itself out at its end, which may come at once.
            var running = _running[(row.TenantId, row.Id)] = new Running(row.AccountId, row.DueAt!.Value);
            running.Done = RunAsync(row, stopping);
        }
        return claimed.Count == room;
    }

    private async Task<List<Attachment>> ClaimAsync(int room, int most, Guid[] busy, CancellationToken cancel)
    {
        var now = time.Now();
        await using var db = databases.ForSystem();
        // Most looks find nothing, and must not take the writers' turn for it.
        if (!await db.Attachments.AnyAsync(a => a.DueAt <= now && !busy.Contains(a.AccountId), cancel)) return [];
        return await db.WriteAsync(
            async () =>
            {
                // What another node is just taking is passed over.
                var rows = db is PostgresDb
                    ? db.Attachments.FromSql($"SELECT * FROM attachment WHERE due_at <= {now} AND account_id <> ALL ({busy}) ORDER BY due_at LIMIT {room} FOR UPDATE SKIP LOCKED")
                    : db.Attachments.Where(a => a.DueAt <= now && !busy.Contains(a.AccountId)).OrderBy(a => a.DueAt).Take(room);
                var due = await rows.ToListAsync(cancel);
                var mine = due.Where(a => !_running.ContainsKey((a.TenantId, a.Id))).GroupBy(a => a.AccountId)
                    .SelectMany(g => g.Take(most - _running.Count(r => r.Value.Account == g.Key))).ToList();
                foreach (var row in mine) (row.DueAt, row.Tries) = (now + Lease, row.Tries + 1);
                return mine;
            },
            cancel);
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        var now = time.Now();
        var ending = _running.Where(r => r.Value.Until < now + (Lease / 2)).ToList();
        if (ending.Count == 0) return;
        await using var db = databases.ForSystem();
        await db.WriteAsync(
            async () =>
            {
                foreach (var ((tenant, id), _) in ending)
                    await db.Attachments.Where(a => a.TenantId == tenant && a.Id == id && a.DueAt != null)
                        .ExecuteUpdateAsync(a => a.SetProperty(x => x.DueAt, now + Lease), cancel);
            },
            cancel);
        foreach (var (_, running) in ending) running.Until = now + Lease;
    }

    private async Task RunAsync(Attachment row, CancellationToken stopping)
    {
        // The loop must not wait for what is done before the first pause.
        await Task.Yield();
        try
        {
            if (row.State == AttachmentState.Deleted) Remove(row);
            else if (!await fetch.RunAsync(row, stopping)) Postpone(row);
            await outcomes.SaveAsync(row);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Fetched by the next node once the lease is over.
        }
        catch (Exception e) // A full disk, a decoder's bug.
        {
            log.LogError(e, "File {Attachment} could not be fetched.", row.Id);
            await PutOffAsync(row);
        }
        finally
        {
            _running.TryRemove((row.TenantId, row.Id), out _);
            // Beginning several at once costs no more than beginning one.
            if (_running.Count(r => r.Value.Account == row.AccountId) <= PerAccount / 2) Wake();
        }
    }

    /// <summary>Later and later, and not for ever. If even that cannot be written, it is tried again after the lease.</summary>
    private async Task PutOffAsync(Attachment row)
    {
        if (row.State != AttachmentState.Waiting) return;
        try
        {
            Postpone(row);
            await outcomes.SaveAsync(row);
        }
        catch (Exception e) { log.LogWarning(e, "That file {Attachment} is tried again later could not be written.", row.Id); }
    }

    private void Remove(Attachment row)
    {
        store.Remove(row.TenantId, row.Id);
        (row.State, row.DueAt, row.HasThumbnail) = (AttachmentState.Expired, null, false);
    }

    private void Postpone(Attachment row)
    {
        var next = time.Now() + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(row.Tries, 20)), LongestBackoff.TotalSeconds));
        if (row.FetchUntil is { } end && next > end) (row.State, row.Reason, row.DueAt) = (AttachmentState.Lost, AttachmentReason.NetworkGone, null);
        else row.DueAt = next;
    }

    private sealed class Running(Guid account, DateTimeOffset until)
    {
        public Guid Account { get; } = account;
        public DateTimeOffset Until { get; set; } = until;
        public Task Done { get; set; } = Task.CompletedTask;
    }
}
