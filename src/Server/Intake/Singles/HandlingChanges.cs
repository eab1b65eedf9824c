using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// People at the network took a conversation, gave it back or finished it. It takes what is free and frees what nobody in particular has here:
/// what an operator of ours has stays theirs. It is not shown to the network again, so nothing runs in circles.
/// </summary>
internal static class HandlingChanges
{
    public static async Task ApplyAsync(SingleEvent single, HandlingChanged changed, AppDb db)
    {
        if (await Places.LockAsync(single, changed.With, db) is not { } conversation) return;
        var now = single.Arrival.At;
        var at = changed.At is { } told && told < now ? told : now;
        // Webhooks come late and in any order: what happened here after it stands.
        var tenant = conversation.TenantId;
        if (await db.OverrideEvents.AnyAsync(e => e.TenantId == tenant && e.ConversationId == conversation.Id && e.At > at))
        {
            single.Item.Conclude(Verdict.Applied, "overtaken");
            return;
        }
        if (!await ApplyAsync(conversation, changed.Now, at, single.Arrival.Id, db))
        {
            single.Item.Conclude(Verdict.Applied, $"{changed.Word}: as it was");
            return;
        }
        single.NewHolder = true;
        single.Item.Conclude(Verdict.Applied, changed.Word);
    }

    private static async Task<bool> ApplyAsync(Conversation conversation, Handling handling, DateTimeOffset at, Guid receipt, AppDb db)
    {
        if (handling == Handling.Taken)
        {
            // A hand-off that waits here goes on waiting: that we opened it there comes back as this very event.
            if (conversation.IsLocked || !conversation.TakeByEcho(at)) return false;
            db.RecordOverride(conversation, OverrideEventKind.Taken, Holder.Nobody, correlation: receipt, at: at);
            return true;
        }
        if (!conversation.IsHeldByNobody) return false;
        if (handling == Handling.Finished) conversation.Release();
        else await db.ReleaseAsync(conversation, db.Databases.Time.Now());
        db.RecordOverride(conversation, OverrideEventKind.Released, Holder.Nobody, correlation: receipt, at: at);
        return true;
    }
}
