using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Profiles;

/// <summary>
/// Asks networks who is behind the bare ids that their webhooks name, after the message is stored and never in its way. What is still to
/// be asked stands in a column: a restart forgets nobody, and a network that does not answer is asked again for a day.
/// </summary>
internal sealed class ProfileSweep(Databases databases, AccountDirectory accounts, TimeProvider time, ILogger<ProfileSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1), Again = TimeSpan.FromMinutes(10), LongEnough = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asked at once; networks limit such calls too.</summary>
    private const int Most = 20, AtOnce = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Whatever fails here is due again at the next tick.
            try { await SweepAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "Profiles could not be asked for."); }
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        var now = time.Now();
        await using var look = databases.ForSystem();
        var due = await look.Conversations.AsNoTracking().Where(c => c.ProfileDueAt <= now).OrderBy(c => c.ProfileDueAt).Take(Most).ToListAsync(cancel);
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (conversation, stop) => await AskAsync(conversation, now, stop));
    }

    private async Task AskAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancel)
    {
        DateTimeOffset? later = conversation.CreatedAt > now - LongEnough ? now + Again : null;
        await using var db = databases.ForSystem();
        // Set before the network is asked: another node, or a stop in the middle, finds it due later.
        var claimed = await db.WriteAsync(
            () => db.Conversations.Where(c => c.TenantId == conversation.TenantId && c.Id == conversation.Id && c.ProfileDueAt == conversation.ProfileDueAt)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.ProfileDueAt, later), cancel),
            cancel);
        if (claimed == 0) return;
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        if (account is not { Channel: IProfiles profiles, Row.State: not AccountState.Disabled }) return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var answer = await profiles.ProfileAsync(conversation.Address, accounts.Connect(account), either.Token);
            if (answer is not NoProfile { Retriable: true }) await KeepAsync(db, conversation, answer as FoundProfile, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The network took too long; it is asked again later.
        }
    }

    private static Task KeepAsync(AppDb db, Conversation seen, FoundProfile? found, CancellationToken cancel) => db.WriteAsync(
        async () =>
        {
            if (await db.LockConversationAsync(seen.TenantId, seen.Id, cancel) is not { } conversation) return;
            conversation.ProfileDueAt = null;
            var name = found?.Name ?? found?.Username;
            if (string.IsNullOrWhiteSpace(name)) return;
            var contact = await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == conversation.TenantId && c.Id == conversation.ContactId, cancel);
            // A name that a message brought, or that somebody entered, is not overruled.
            if (conversation.DisplayName.Length == 0) conversation.DisplayName = name;
            if (contact is { DisplayName.Length: 0 }) contact.DisplayName = name;
            db.RecordConversation(conversation);
            db.Record(conversation.TenantId, ChangeKind.Contact, conversation.ContactId.ToString());
        },
        cancel);
}
