using System.Text.Json;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.ChannelAccounts;

/// <summary>
/// Renews tokens that die by themselves, long before they do. When the network does not answer it is asked again every few hours; when it
/// says that the token is dead, the account is paused and people are told to reconnect.
/// </summary>
internal sealed class TokenSweep(Databases databases, AccountDirectory accounts, SecretBox box, TimeProvider time, ILogger<TokenSweep> log)
    : Sweep(TimeSpan.FromMinutes(1), time, log)
{
    private static readonly TimeSpan Again = TimeSpan.FromHours(3), Patience = TimeSpan.FromSeconds(20);

    protected override bool LooksAtOnce => true;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var look = databases.ForSystem();
        var due = await look.ChannelAccounts.AsNoTracking().Where(a => a.TokenDueAt <= now).ToListAsync(cancel);
        await EachAsync(due, row => RenewAsync(row, now, cancel), cancel);
    }

    private async Task RenewAsync(ChannelAccount seen, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        // Set before the network is asked: another node, or a stop in the middle, finds it due later.
        var claimed = await db.WriteAsync(
            () => db.ChannelAccounts.Where(a => a.TenantId == seen.TenantId && a.Id == seen.Id && a.TokenDueAt == seen.TokenDueAt)
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.TokenDueAt, now + Again), cancel),
            cancel);
        if (claimed == 0 || await accounts.ByIdAsync(seen.TenantId, seen.Id, cancel) is not { Channel: ITokenRefresh channel } account) return;
        using var patience = new CancellationTokenSource(Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            switch (await channel.RenewTokenAsync(accounts.Connect(account), either.Token))
            {
                case RenewedToken renewed:
                    await KeepAsync(db, seen, renewed, cancel);
                    break;
                case NoToken { Failure.Reaction: FailureReaction.PauseAccount } dead:
                    await PauseAsync(db, seen, dead.Failure.Code, cancel);
                    break;
                case NoToken refused:
                    Log.LogWarning("The token of account {Account} could not be renewed: {Reason}.", seen.Id, refused.Failure.Code);
                    await NoteFailureAsync(db, seen, refused.Failure.Code, cancel);
                    break;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Log.LogWarning("The network did not answer in time when the token of account {Account} was to be renewed.", seen.Id);
            await NoteFailureAsync(db, seen, "timeout", cancel);
        }
    }

    private Task KeepAsync(AppDb db, ChannelAccount seen, RenewedToken renewed, CancellationToken cancel) => ChangeAsync(db, seen, row =>
    {
        var secrets = JsonSerializer.Deserialize<Dictionary<string, string>>(box.Open(row.Secrets, ConnectedAccount.Purpose(row.Id))) ?? [];
        secrets[renewed.Setting] = renewed.Value;
        row.Secrets = box.Seal(JsonSerializer.Serialize(secrets), ConnectedAccount.Purpose(row.Id));
        row.TokenDueAt = Time.Now() + renewed.NextIn;
        (row.TokenFailure, row.TokenFailedSince) = (null, null);
    }, cancel);

    /// <summary>Shown with the account: the old token stays good for a while, in which people can do something about it.</summary>
    private Task NoteFailureAsync(AppDb db, ChannelAccount seen, string why, CancellationToken cancel) =>
        ChangeAsync(db, seen, row => (row.TokenFailure, row.TokenFailedSince) = (why, row.TokenFailedSince ?? Time.Now()), cancel);

    private Task PauseAsync(AppDb db, ChannelAccount seen, string why, CancellationToken cancel) => ChangeAsync(db, seen, row =>
    {
        if (row.State == AccountState.Connected) (row.State, row.StateReason) = (AccountState.Paused, why);
        (row.TokenFailure, row.TokenFailedSince) = (why, row.TokenFailedSince ?? Time.Now());
    }, cancel);

    /// <summary>Unless somebody has entered other settings meanwhile: theirs hold.</summary>
    private async Task ChangeAsync(AppDb db, ChannelAccount seen, Action<ChannelAccount> change, CancellationToken cancel)
    {
        await db.WriteAsync(
            async () =>
            {
                var row = await db.ChannelAccounts.SingleOrDefaultAsync(a => a.TenantId == seen.TenantId && a.Id == seen.Id, cancel);
                if (row is null || !row.Secrets.AsSpan().SequenceEqual(seen.Secrets)) return;
                change(row);
                var now = Time.Now();
                row.UpdatedAt = now > row.UpdatedAt ? now : row.UpdatedAt.AddMilliseconds(1);
                db.Record(row.TenantId, ChangeKind.ChannelAccount, row.Id.ToString());
            },
            cancel);
        accounts.Invalidate();
    }
}
