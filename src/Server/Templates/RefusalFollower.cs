using System.Threading.Channels;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Templates.Consent;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>
/// Learns from sends that a network refused: a template that it no longer sends, a contact who wants no more. A hint; the next refusal
/// tells the same.
/// </summary>
internal sealed class RefusalFollower(Courier courier, Databases databases, Settings settings, ILogger<RefusalFollower> log) : BackgroundService
{
    private readonly Channel<(ConnectedAccount Account, Claim Claim, SendFailure Failure)> _heard =
        Channel.CreateBounded<(ConnectedAccount, Claim, SendFailure)>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        courier.SendRefused += Hear;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        courier.SendRefused -= Hear;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (account, claim, failure) in _heard.Reader.ReadAllAsync(stoppingToken))
        {
            try { await LearnAsync(account, claim, failure, stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "A refusal taught nothing."); }
        }
    }

    private void Hear(ConnectedAccount account, Claim claim, SendFailure failure)
    {
        if (Refusals.Teach(failure)) _heard.Writer.TryWrite((account, claim, failure));
    }

    private async Task LearnAsync(ConnectedAccount account, Claim claim, SendFailure failure, CancellationToken cancel)
    {
        await using var db = databases.For(account.TenantId);
        await db.WriteAsync(
            async () =>
            {
                var contact = await db.Conversations.Where(c => c.Id == claim.Lane.Conversation).Select(c => c.ContactId).SingleOrDefaultAsync(cancel);
                await Refusals.LearnAsync(db, account.Row, contact, claim.Message.Content, failure, db.Databases.Time.Now(), settings);
            },
            cancel);
    }
}

/// <summary>What refusals mean beyond their own message.</summary>
internal static class Refusals
{
    private const string NotApproved = "template_not_approved", OptedOut = "opted_out";

    /// <summary>Whether there is anything to learn.</summary>
    public static bool Teach(SendFailure failure) => failure.Code is NotApproved or OptedOut;

    /// <summary>In the caller's transaction.</summary>
    public static async Task LearnAsync(
        AppDb db, ChannelAccount account, Guid contact, Content content, SendFailure failure, DateTimeOffset at, Settings settings)
    {
        if (failure.Code == NotApproved && CatalogueKey.Of(account) is { Network: not null } key) await db.MarkDueAsync(key, settings);
        // Networks refuse so only what is marketing; another category's word is believed when it is known.
        if (failure.Code == OptedOut && contact != Guid.Empty)
            await db.NoteConsentAsync(
                account.TenantId, contact, (content as TemplateContent)?.Category?.ToLowerInvariant() ?? ConsentKeywords.Category, optedIn: false, at,
                ConsentSource.Refusal, failure.NetworkMessage ?? "");
    }
}
