using System.Data.Common;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// Applies single events one by one through the model, in the intake's transaction: after the batch's messages, so that an edit
/// finds the message that came with it.
/// </summary>
internal sealed class SingleEvents(Databases databases, Settings settings)
{
    public async Task ApplyAsync(Batch batch, DbConnection connection)
    {
        var waited = batch.Messages.FindAll(m => m is { IsNew: true, Waiting: not null });
        if (waited.Count + batch.Singles.Count == 0) return;
        await using var db = databases.OnConnection(connection);
        foreach (var message in waited)
        {
            var (tenant, account, id) = (message.Account.TenantId, message.Account.Id, message.ExternalId);
            Show(await Targets.ApplyWaitingAsync(tenant, message.Id, message.Waiting!, db), batch);
            await db.ExternalIds.Where(e => e.TenantId == tenant && e.AccountId == account && e.Id == id)
                .ExecuteUpdateAsync(e => e.SetProperty(x => x.PendingChanges, (string?)null));
            await Writing.SaveInTransactionAsync(db);
            db.ChangeTracker.Clear();
        }
        foreach (var single in batch.Singles)
        {
            if (single.Target is { } target) await ApplyAsync(single, target.Id, target.Change, batch, db);
            else await ApplyAsync(single, db);
            await Writing.SaveInTransactionAsync(db);
            db.ChangeTracker.Clear();
        }
    }

    private static async Task ApplyAsync(SingleEvent single, string id, TargetChange change, Batch batch, AppDb db)
    {
        Show(await Targets.ApplyAsync(single, id, change, db), batch);
    }

    /// <summary>The chat list, and who fetches files, see a message of this batch as it is now.</summary>
    private static void Show(Message? changed, Batch batch)
    {
        if (changed is null || batch.Messages.Find(m => m.Id == changed.Id) is not { } message) return;
        (message.Shown, message.TakenBack) = (changed.Text, Targets.Extra(changed).ContainsKey("deleted_at"));
    }

    private static Task Leave(SingleEvent single, ChannelEvent other)
    {
        single.Item.Conclude(Verdict.Unsupported, other.GetType().Name);
        return Task.CompletedTask;
    }

    private Task ApplyAsync(SingleEvent single, AppDb db) => single.Item.Event switch
    {
        ContactChanged changed => ContactChanges.ApplyAsync(single, changed, db),
        HandlingChanged changed => HandlingChanges.ApplyAsync(single, changed, db),
        ContactTyping typing => TypingNews.ApplyAsync(single, typing, db),
        AccountChanged changed => AccountChanges.ApplyAsync(single, changed, db),
        TemplateChanged changed => TemplateChanges.ApplyAsync(single, changed, db, settings),
        MessageReceived received => ConsentNews.OfWordsAsync(single, received, db),
        DeliveryReported { Failure: not null } refused => ConsentNews.OfFailureAsync(single, refused, db, settings),
        // Kept in the receipt; replayed by whoever learns to use it.
        var other => Leave(single, other),
    };
}
