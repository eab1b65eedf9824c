using System.Data.Common;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Intake.Seldom;

/// <summary>
/// Applies what comes seldom, one by one through the model, in the intake's transaction: after the batch's messages, so that an edit
/// finds the message that came with it.
/// </summary>
internal sealed class SeldomEvents(Databases databases, Settings settings)
{
    public async Task ApplyAsync(IReadOnlyList<SeldomEvent> events, DbConnection connection)
    {
        await using var db = databases.OnConnection(connection);
        foreach (var seldom in events)
        {
            await ApplyAsync(seldom, db);
            await Writing.SaveInTransactionAsync(db);
            db.ChangeTracker.Clear();
        }
    }

    private static Task Leave(SeldomEvent seldom, ChannelEvent other)
    {
        seldom.Item.Conclude(Verdict.Unsupported, other.GetType().Name);
        return Task.CompletedTask;
    }

    private Task ApplyAsync(SeldomEvent seldom, AppDb db) => seldom.Item.Event switch
    {
        ReactionChanged reaction => Reactions.ApplyAsync(seldom, reaction, db),
        MessageEdited edited => Edits.ApplyAsync(seldom, edited, db),
        MessageDeleted deleted => Deletions.ApplyAsync(seldom, deleted, db),
        ContactChanged changed => ContactChanges.ApplyAsync(seldom, changed, db),
        AccountChanged changed => AccountChanges.ApplyAsync(seldom, changed, db),
        TemplateChanged changed => TemplateChanges.ApplyAsync(seldom, changed, db, settings),
        MessageReceived received => ConsentNews.OfWordsAsync(seldom, received, db),
        DeliveryReported { Failure: not null } refused => ConsentNews.OfFailureAsync(seldom, refused, db, settings),
        // Kept in the receipt; replayed by whoever learns to use it.
        var other => Leave(seldom, other),
    };
}
