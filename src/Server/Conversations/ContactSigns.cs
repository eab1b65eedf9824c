using System.Threading.Channels;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>
/// Tells networks that contacts' messages were read, where the tenant wants it and the network can show it. Best effort and never in
/// anybody's way: what is lost at a restart or beyond the queue is told with the next message read.
/// </summary>
internal sealed class ReadReceipts(AccountDirectory accounts, OutboundHttp http, TimeProvider time, ILogger<ReadReceipts> log)
    : BackgroundService
{
    private const int QueueLimit = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Receipt> _queue = Channel.CreateBounded<Receipt>(
        new BoundedChannelOptions(QueueLimit) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Queues the newest inbound message that was read.</summary>
    public async Task OfferAsync(AppDb db, Conversation conversation, CancellationToken cancel)
    {
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        if (account is not { Channel: IReadReceipts channel, Row.State: AccountState.Connected }) return;
        if (!await db.Set<Tenant>().AnyAsync(t => t.Id == conversation.TenantId && t.SendReadReceipts, cancel)) return;
        var newest = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && m.Author == MessageAuthor.Contact && m.Id <= conversation.ReadUpTo)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => m.ExternalId).FirstOrDefaultAsync(cancel);
        if (newest is not null) _queue.Writer.TryWrite(new Receipt(channel, account.Settings, account.Row.MayReachPrivate, newest, conversation.Address));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var receipt in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
            try
            {
                var connection = new Connection(receipt.Settings, http.For(receipt.MayReachPrivate));
                await receipt.Channel.MarkReadAsync(receipt.ExternalId, receipt.Address, connection, either.Token);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // One network's trouble must not end the receipts of the others.
                log.LogInformation(e, "A read receipt could not be sent.");
            }
        }
    }

    private sealed record Receipt(IReadReceipts Channel, ChannelSettings Settings, bool MayReachPrivate, string ExternalId, string Address);
}
