using System.Collections.Concurrent;
using System.Diagnostics;
using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Search;

/// <summary>
/// Keeps the search index up to date behind the writes, never in their way: it works at most a quarter of the time, so that a flood of
/// messages is taken in first and searchable later.
/// </summary>
internal sealed class SearchFollower(Databases databases, SearchIndex index, TimeProvider time, ILogger<SearchFollower> log) : BackgroundService
{
    /// <summary>Changes that come together are indexed together.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks at every tenant at start and this often, for lost hints and what other nodes left.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    /// <summary>
    /// While webhooks wait, one batch this often: besides its time, each costs SQLite's intake whatever it keeps of the database in memory.
    /// </summary>
    private static readonly TimeSpan UnderLoad = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, bool> _waiting = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        databases.Committed += Hint;
        try
        {
            var nextRound = time.GetUtcNow();
            while (!stoppingToken.IsCancellationRequested)
            {
                // Whatever fails here is tried again in the next round; search merely lags.
                try
                {
                    if (time.GetUtcNow() >= nextRound)
                    {
                        await AddAllAsync(stoppingToken);
                        nextRound = time.GetUtcNow() + Round;
                    }
                    foreach (var tenant in _waiting.Keys)
                        if (_waiting.TryRemove(tenant, out _)) await CatchUpAsync(tenant, stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "The search index could not be brought up to date."); }
                await Task.Delay(Gathering, TimeProvider.System, stoppingToken);
                await databases.LetWebhooksPassAsync(UnderLoad, stoppingToken);
            }
        }
        finally { databases.Committed -= Hint; }
    }

    private void Hint(IReadOnlyCollection<Guid> tenants)
    {
        foreach (var tenant in tenants) _waiting[tenant] = true;
    }

    private async Task AddAllAsync(CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        Hint(await db.Tenants.Select(t => t.Id).ToListAsync(cancel));
    }

    private async Task CatchUpAsync(Guid tenant, CancellationToken cancel)
    {
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            var progress = await index.AdvanceAsync(tenant, cancel);
            // No hint comes when the older transaction ends.
            if (progress == SearchProgress.HeldBack) _waiting[tenant] = true;
            if (progress != SearchProgress.Behind) return;
            await Task.Delay(3 * Stopwatch.GetElapsedTime(started), TimeProvider.System, cancel);
            await databases.LetWebhooksPassAsync(UnderLoad, cancel);
        }
    }
}
