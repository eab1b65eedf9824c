using ChatOperator.Attachments;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Seldom;

/// <summary>A sender took a message back: networks ask us to hide it, so its words and files go, and the line says so.</summary>
internal static class Deletions
{
    public static async Task ApplyAsync(SeldomEvent seldom, MessageDeleted deleted, AppDb db)
    {
        if (await Targets.FindAsync(seldom, deleted.TargetExternalId, db) is not { } message) return;
        var extra = Targets.Extra(message);
        if (extra.ContainsKey("deleted_at"))
        {
            seldom.Item.Conclude(Verdict.Duplicate);
            return;
        }
        extra["deleted_at"] = (deleted.At ?? seldom.Arrival.At).ToString("O");
        extra.Remove("edits");
        (message.Content, message.Extra) = (null, extra.ToJsonString());
        var files = await db.Attachments.Where(a => a.TenantId == message.TenantId && a.MessageId == message.Id).ToListAsync();
        foreach (var file in files) (file.State, file.Reason, file.DueAt) = (AttachmentState.Deleted, AttachmentReason.Deleted, seldom.Arrival.At);
        await Targets.SayAsync(message, "[Deleted]", db);
        Targets.Changed(seldom, message, db);
    }
}
