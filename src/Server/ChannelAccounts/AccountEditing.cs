using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.ChannelAccounts;

/// <summary>Connecting an account and changing it, on behalf of the caller.</summary>
internal sealed class AccountEditing(
    CurrentCaller caller, AppDb db, SecretBox box, OutboundHttp outbound, AccountDirectory directory, TimeProvider time)
{
    /// <exception cref="Problem">400 with every wrong field, 409 when the tenant has this account already.</exception>
    public async Task<ConnectedAccount> ConnectAsync(NewAccount wanted, CancellationToken cancel)
    {
        var channel = Channels.All.Channels.FirstOrDefault(c => c.Info.Key == wanted.Channel)
            ?? throw Problem.Invalid([new("channel", $"One of {string.Join(", ", Channels.All.Channels.Select(c => c.Info.Key))}.")]);
        var form = new AccountForm(channel, wanted.Name);
        form.Fill(wanted.Settings ?? new Dictionary<string, JsonElement>());
        var reachesPrivate = await CheckAsync(form, cancel) ?? false;

        var (id, now) = (time.NewId(), time.Now());
        var row = new ChannelAccount
        {
            TenantId = caller.Tenant, Id = id, Channel = channel.Info.Key, Name = form.Name, CreatedAt = now, UpdatedAt = now, ActivatedAt = now,
            Hook = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)), Settings = "{}", Secrets = [], RouteKey = "",
        };
        Apply(form, channel, row);
        row.MayReachPrivate = reachesPrivate;
        await SaveAsync(row, () => { db.ChannelAccounts.Add(row); return Task.CompletedTask; }, cancel);
        return new ConnectedAccount(row, channel, box);
    }

    /// <summary>New credentials are a new chance: a paused account is connected again.</summary>
    /// <exception cref="Problem">400 with every wrong field, 404, 409 when the tenant has this account already.</exception>
    public async Task<ConnectedAccount> ChangeAsync(Guid id, AccountChange change, CancellationToken cancel)
    {
        var (row, channel) = await FindAsync(id, cancel);
        var form = new AccountForm(channel, change.Name ?? row.Name);
        form.Keep(Stored(row.Settings).Concat(Stored(box.Open(row.Secrets, ConnectedAccount.Purpose(id)))).Concat(CommonSettings.Of(row)));
        form.Fill(change.Settings ?? new Dictionary<string, JsonElement>());
        var reachesPrivate = await CheckAsync(form, cancel);
        await SaveAsync(
            row,
            () =>
            {
                Apply(form, channel, row);
                row.MayReachPrivate = reachesPrivate ?? row.MayReachPrivate;
                if (form.Sent.Count > 0 && row.State == AccountState.Paused) (row.State, row.StateReason) = (AccountState.Connected, null);
                return Task.CompletedTask;
            },
            cancel);
        return new ConnectedAccount(row, channel, box);
    }

    /// <summary>Switches off (sends and webhooks are refused) or on; switched on, what came before is history to the agent.</summary>
    /// <exception cref="Problem">404.</exception>
    public async Task<ConnectedAccount> SwitchAsync(Guid id, AccountState to, CancellationToken cancel)
    {
        var (row, channel) = await FindAsync(id, cancel);
        if (row.State != to)
        {
            await SaveAsync(
                row,
                () =>
                {
                    if (row.State == AccountState.Disabled) row.ActivatedAt = time.Now();
                    (row.State, row.StateReason) = (to, null);
                    return Task.CompletedTask;
                },
                cancel);
        }
        return new ConnectedAccount(row, channel, box);
    }

    /// <summary>Notes the phone number that the network shows for an account.</summary>
    /// <exception cref="Problem">404.</exception>
    public async Task NumberAsync(Guid id, string number, CancellationToken cancel)
    {
        var (row, _) = await FindAsync(id, cancel);
        await SaveAsync(row, () => { row.Number = number; return Task.CompletedTask; }, cancel);
    }

    /// <summary>
    /// Removes the account at once: its webhook address and its id answer 404, nothing is sent any more, and the same number may be connected
    /// again. Its chats are removed later, little by little.
    /// </summary>
    /// <exception cref="Problem">404.</exception>
    public async Task RemoveAsync(Guid id, CancellationToken cancel)
    {
        await db.WriteAsync(
            async () =>
            {
                if (await db.ChannelAccounts.Where(a => a.Id == id).ExecuteDeleteAsync(cancel) == 0) throw Problem.NotFound();
                db.AccountRemovals.Add(new AccountRemoval { TenantId = caller.Tenant, AccountId = id, At = time.Now() });
                db.Record(caller.Tenant, ChangeKind.ChannelAccount, id.ToString());
            },
            cancel);
        directory.Invalidate();
    }

    /// <exception cref="Problem">404, also when this build no longer has the account's channel.</exception>
    public async Task<(ChannelAccount Row, IChannel Channel)> FindAsync(Guid id, CancellationToken cancel)
    {
        var row = await db.ChannelAccounts.SingleOrDefaultAsync(a => a.Id == id, cancel);
        var channel = Channels.All.Channels.FirstOrDefault(c => c.Info.Key == row?.Channel);
        return row is null || channel is null ? throw Problem.NotFound() : (row, channel);
    }

    /// <returns>Whether the addresses lead into private ranges; null when none was sent.</returns>
    private async Task<bool?> CheckAsync(AccountForm form, CancellationToken cancel)
    {
        bool? reachesPrivate = null;
        foreach (var (name, url) in form.SentUrls)
        {
            var reach = await outbound.ReachOfAsync(url, cancel);
            if (reach == Reach.Private && !caller.IsPlatformAdministrator)
                form.Wrong(name, "Addresses of private networks can only be set by a platform administrator.");
            if (reach == Reach.Public && url.Scheme != "https") form.Wrong(name, "This must begin with https://.");
            reachesPrivate = (reachesPrivate ?? false) || reach == Reach.Private;
        }
        form.Check();
        return reachesPrivate;
    }

    private void Apply(AccountForm form, IChannel channel, ChannelAccount row)
    {
        row.Name = form.Name;
        row.Settings = form.SettingsJson();
        row.Secrets = box.Seal(form.SecretsJson(), ConnectedAccount.Purpose(row.Id));
        var before = row.RouteKey;
        row.RouteKey = ConnectedAccount.RouteKeyOf(channel.Info, new ChannelSettings(form.Values)) ?? row.Id.ToString("N");
        // Another account has another number.
        if (row.RouteKey != before) row.Number = "";
        row.OwnerKey = channel.Info.OwnerSetting is { } owner ? form.Values.GetValueOrDefault(owner, "") : "";
        CommonSettings.Apply(form.Values, row);
        // A token that was just entered may be of any age; networks refuse to renew very young ones.
        if (row.TokenDueAt is not null && form.Sent.Count == 0) return;
        (row.TokenFailure, row.TokenFailedSince) = (null, null);
        row.TokenDueAt = channel is ITokenRefresh refresh ? time.Now() + refresh.RenewAfter(new ChannelSettings(form.Values)) : null;
    }

    private async Task SaveAsync(ChannelAccount row, Func<Task> change, CancellationToken cancel)
    {
        try
        {
            await db.WriteAsync(
                async () =>
                {
                    await change();
                    // Nodes notice a change by this time alone, so it moves even within one millisecond.
                    var now = time.Now();
                    row.UpdatedAt = now > row.UpdatedAt ? now : row.UpdatedAt.AddMilliseconds(1);
                    db.Record(row.TenantId, ChangeKind.ChannelAccount, row.Id.ToString());
                },
                cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new Problem(409, "account_exists", "This account is connected already.", "Change the existing one instead.");
        }
        directory.Invalidate();
    }

    private static Dictionary<string, string> Stored(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
