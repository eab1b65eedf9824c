using System.Collections.Concurrent;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>
/// What contacts see of people besides messages, where the network can show it: that theirs were read, if the tenant wants it, and that
/// somebody is typing; and, where people work at the network too, that a conversation is a human's. Best effort and never in anybody's way: what is lost at a restart or beyond the queue comes with the next.
/// </summary>
internal sealed class ContactSigns(
    Databases databases, AccountDirectory accounts, HolderChanges holders, TimeProvider time, IHostApplicationLifetime node, ILogger<ContactSigns> log) : BackgroundService
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Networks show typing for some 20 to 25 seconds; who types on is shown again before that is over.</summary>
    private static readonly TimeSpan TypingAgain = TimeSpan.FromSeconds(15);

    private readonly SignQueue _queue = new(node.ApplicationStopping);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _typing = new();

    /// <summary>Of which conversations it was shown whether a human has them, and under which lock version: another node may have heard otherwise since.</summary>
    private readonly ConcurrentDictionary<Guid, int> _holders = new();

    /// <summary>Queues the newest inbound message that was read.</summary>
    public async Task OfferReadAsync(AppDb db, Conversation conversation, CancellationToken cancel)
    {
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        if (account is not { Channel: IReadReceipts channel, Row.State: AccountState.Connected }) return;
        if (!await MaySayReadAsync(db, conversation, cancel)) return;
        if (await NewestAsync(db, conversation, conversation.ReadUpTo, cancel) is { } newest)
            Offer(account.Id, cut => channel.MarkReadAsync(newest, conversation.Address, accounts.Connect(account), cut));
    }

    /// <summary>Queues that an operator is typing, if the contact was not just shown so.</summary>
    public async Task OfferTypingAsync(AppDb db, Guid id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_typing.TryGetValue(id, out var shown) && shown + TypingAgain > now) return;
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } conversation) return;
        if (_typing.Count >= MostRemembered) _typing.Clear();
        _typing[id] = now;
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        if (account is not { Channel: ITyping channel, Row.State: AccountState.Connected }) return;
        if (!ReplyWindow.IsOpen(account.Can, conversation.WindowExpiresAt, now)) return;
        if (account.Can.TypingMarksRead && !await MaySayReadAsync(db, conversation, cancel)) return;
        if (await NewestAsync(db, conversation, long.MaxValue, cancel) is { } newest)
            Offer(account.Id, cut => channel.ShowTypingAsync(newest, conversation.Address, accounts.Connect(account), cut));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        holders.Changed += OfferHolder;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stoppingToken);
        }
        finally { holders.Changed -= OfferHolder; }
    }

    private void Offer(Guid account, Func<CancellationToken, Task> show) => _queue.Offer(account, stopping => ShowAsync(show, stopping));

    private async Task ShowAsync(Func<CancellationToken, Task> show, CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try { await show(either.Token); }
        catch (Exception e) // One person's trouble must not end the signs of the others.
        {
            log.LogInformation(e, "A read mark, a sign of typing or a change of hands could not be shown.");
        }
    }

    private void OfferHolder(Guid tenant, Guid conversation)
    {
        // Told of every message that somebody sends: most tenants have no such network. Whose line it is, the row says.
        if (accounts.ShowsHolders(tenant)) Offer(tenant, cut => OfferHolderAsync(tenant, conversation, cut));
    }

    private async Task OfferHolderAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var db = databases.For(tenant);
        if (await db.Conversations.Where(c => c.Id == id).Select(c => (Guid?)c.AccountId).SingleOrDefaultAsync(cancel) is { } account)
            Offer(account, cut => ShowHolderAsync(tenant, id, cut));
    }

    /// <summary>As the row says by now: several changes at once need no telling one by one.</summary>
    private async Task ShowHolderAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await using var db = databases.For(tenant);
        if (await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) is not { } conversation) return;
        var account = await accounts.ByIdAsync(tenant, conversation.AccountId, cancel);
        if (account is not { Channel: IShowsHolder channel, Row.State: AccountState.Connected }) return;
        if (_holders.TryGetValue(id, out var told) && told == conversation.LockVersion) return;
        if (_holders.Count >= MostRemembered) _holders.Clear();
        if (await channel.ShowHolderAsync(conversation.IsLocked, conversation.Address, accounts.Connect(account), cancel)) _holders[id] = conversation.LockVersion;
    }

    private static Task<bool> MaySayReadAsync(AppDb db, Conversation conversation, CancellationToken cancel) =>
        db.Set<Tenant>().AnyAsync(t => t.Id == conversation.TenantId && t.SendReadReceipts, cancel);

    private static Task<string?> NewestAsync(AppDb db, Conversation conversation, long upTo, CancellationToken cancel) => db.Messages.AsNoTracking()
        .Where(m => m.ConversationId == conversation.Id && m.Author == MessageAuthor.Contact && m.Id <= upTo)
        .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => m.ExternalId).FirstOrDefaultAsync(cancel);
}
