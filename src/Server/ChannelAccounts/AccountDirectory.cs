using System.Diagnostics;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;
using Route = ChatOperator.Channels.Contract.Route;

namespace ChatOperator.ChannelAccounts;

/// <summary>
/// All accounts of the installation in memory, by hook and by what webhooks name. Read anew after a change on this node, and every few
/// seconds for changes on others; an unknown hook or id looks again at once, but not more than a few times a second. While the database
/// is away, what was known last goes on being used.
/// </summary>
internal sealed class AccountDirectory(
    Databases databases, SecretBox box, OutboundHttp outbound, TimeProvider time, ILogger<AccountDirectory> log) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    /// <summary>By the real clock: no request waits for a database that was not there a second ago, as long as the answer is known.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastBetweenMisses = TimeSpan.FromMilliseconds(250);

    /// <summary>Until this age what is known is used while it is read anew; then the reading is waited for.</summary>
    private static readonly TimeSpan Usable = 2 * Fresh;

    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Lock _publishing = new();
    private volatile Snapshot _snapshot = Snapshot.Nothing;
    private int _changes;
    private int _refreshing;

    private Failure? _failed;

    /// <summary>The account a webhook address belongs to, or null.</summary>
    public async ValueTask<ConnectedAccount?> ByHookAsync(string channel, string hook, CancellationToken cancel = default) =>
        await FindAsync(s => s.ByHook.TryGetValue((channel, hook), out var account) ? account : null, cancel);

    /// <summary>The account of a tenant, or null.</summary>
    public async ValueTask<ConnectedAccount?> ByIdAsync(Guid tenant, Guid id, CancellationToken cancel = default) =>
        await FindAsync(s => s.ById.TryGetValue((tenant, id), out var account) ? account : null, cancel);

    /// <summary>Every account of the installation.</summary>
    public async ValueTask<IReadOnlyCollection<ConnectedAccount>> AllAsync(CancellationToken cancel = default) =>
        await FindAsync<IReadOnlyCollection<ConnectedAccount>>(s => s.ById.Values, cancel) ?? [];

    /// <summary>The account of this id, whosever it is; null when it is gone.</summary>
    public async ValueTask<ConnectedAccount?> OfAnyTenantAsync(Guid id, CancellationToken cancel = default) =>
        await FindAsync(s => s.ById.Values.FirstOrDefault(a => a.Id == id), cancel);

    /// <summary>
    /// Accounts of any tenant that an item may be for, oldest first. Whoever asks must still check that the account's own secret
    /// verifies the bytes.
    /// </summary>
    public async ValueTask<IReadOnlyList<ConnectedAccount>> ByRouteAsync(string channel, Route route, CancellationToken cancel = default)
    {
        var found = await FindAsync(s => s.ByRoute(channel, route), cancel);
        return found ?? [];
    }

    /// <summary>Whether a tenant has an account whose network shows who has a conversation; of what is known now, without looking.</summary>
    public bool ShowsHolders(Guid tenant) => _snapshot.ShowingHolders.Contains(tenant);

    /// <summary>What the channel needs to call its network for this account.</summary>
    public Connection Connect(ConnectedAccount account) => new(account.Settings, outbound.For(account.PrivateHomes));

    public void Dispose() => _reading.Dispose();

    /// <summary>Forgets what is known, after a change on this node.</summary>
    public void Invalidate()
    {
        lock (_publishing)
        {
            _changes++;
            _snapshot = _snapshot with { ReadAt = DateTimeOffset.MinValue };
        }
    }

    private async ValueTask<T?> FindAsync<T>(Func<Snapshot, T?> look, CancellationToken cancel) where T : class
    {
        var snapshot = _snapshot;
        var age = time.GetUtcNow() - snapshot.ReadAt;
        var found = look(snapshot);
        if (found is not null && (age < Fresh || (age < Usable && RefreshSoon()) || IsAway())) return found;
        if (age < LeastBetweenMisses) return null;
        try { return look(await ReadAsync(snapshot, cancel)); }
        catch (Exception e) when (found is not null && e is not OperationCanceledException)
        {
            log.LogWarning("The accounts could not be read; what was known of them goes on being used: {Why}", e.Message);
            return found;
        }
    }

    private bool IsAway() => Volatile.Read(ref _failed) is { } failed && Stopwatch.GetElapsedTime(failed.At) < Retry;

    /// <summary>Reads beside the request that asks; one at a time.</summary>
    private bool RefreshSoon()
    {
        if (Interlocked.CompareExchange(ref _refreshing, 1, 0) == 0) _ = Task.Run(RefreshAsync);
        return true;
    }

    private async Task RefreshAsync()
    {
        try { await ReadAsync(_snapshot, CancellationToken.None); }
        // Whoever needs what is missing reads again, and hears of it.
        catch (Exception e) { log.LogWarning("The accounts could not be read: {Why}", e.Message); }
        finally { Volatile.Write(ref _refreshing, 0); }
    }

    private async Task<Snapshot> ReadAsync(Snapshot seen, CancellationToken cancel)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            if (!ReferenceEquals(seen, _snapshot) && _snapshot.ReadAt > DateTimeOffset.MinValue) return _snapshot;
            var (now, changes) = (time.GetUtcNow(), Volatile.Read(ref _changes));
            await using var db = databases.ForSystem();
            var rows = await db.ChannelAccounts.AsNoTracking().OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(cancel);
            Volatile.Write(ref _failed, null);
            var read = new Snapshot(now, rows.Select(Open).OfType<ConnectedAccount>());
            // What changed while it was read, or opened, may be missing from it: the next to look reads again.
            lock (_publishing) return _snapshot = changes == _changes ? read : read with { ReadAt = DateTimeOffset.MinValue };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Volatile.Write(ref _failed, new Failure(Stopwatch.GetTimestamp()));
            throw;
        }
        finally { _reading.Release(); }
    }

    private ConnectedAccount? Open(ChannelAccount row)
    {
        if (_snapshot.ById.TryGetValue((row.TenantId, row.Id), out var known) && known.Row.UpdatedAt == row.UpdatedAt) return known;
        var channel = Channels.All.Channels.FirstOrDefault(c => c.Info.Key == row.Channel);
        if (channel is null)
        {
            log.LogWarning("Account {Account} speaks {Channel}, which this build does not have.", row.Id, row.Channel);
            return null;
        }
        try { return new ConnectedAccount(row, channel, box); }
        catch (System.Security.Cryptography.CryptographicException)
        {
            log.LogError("The secrets of account {Account} do not open with this installation's key.", row.Id);
            return null;
        }
    }

    /// <param name="At">A timestamp of the stopwatch.</param>
    private sealed record Failure(long At);

    private sealed record Snapshot
    {
        public static readonly Snapshot Nothing = new(DateTimeOffset.MinValue, []);

        private readonly ILookup<(string, string), ConnectedAccount> _byName;
        private readonly ILookup<(string, string), ConnectedAccount> _byOwner;

        public Snapshot(DateTimeOffset readAt, IEnumerable<ConnectedAccount> accounts)
        {
            ReadAt = readAt;
            var all = accounts.ToList();
            ById = all.ToDictionary(a => (a.TenantId, a.Id));
            ByHook = all.ToDictionary(a => (a.Row.Channel, a.Row.Hook));
            ShowingHolders = all.Where(a => a.Channel is IShowsHolder).Select(a => a.TenantId).ToHashSet();
            _byName = all.ToLookup(a => (a.Row.Channel, a.RouteName));
            _byOwner = all.Where(a => a.Row.OwnerKey.Length > 0).ToLookup(a => (a.Row.Channel, a.Row.OwnerKey));
        }

        public DateTimeOffset ReadAt { get; init; }
        public Dictionary<(Guid, Guid), ConnectedAccount> ById { get; }
        public Dictionary<(string, string), ConnectedAccount> ByHook { get; }
        public HashSet<Guid> ShowingHolders { get; }

        public List<ConnectedAccount>? ByRoute(string channel, Route route)
        {
            var named = route.Account is { } account ? _byName[(channel, account)].Where(a => a.IsNamedBy(route)).ToList() : [];
            if (route.Owner is { } owner)
            {
                // What no account beside it names goes to one that takes all of its owner. Another tenant's accounts are not beside it.
                named.AddRange(_byOwner[(channel, owner)].Where(
                    a => route.Account is null || (a.TakesAllOfOwner && !named.Exists(n => n.TenantId == a.TenantId && n.RouteScope == a.RouteScope))));
            }
            return named.Count > 0 ? named : null;
        }
    }
}
