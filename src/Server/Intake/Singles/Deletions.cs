using ChatOperator.Attachments;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>A sender took a message back: networks ask us to hide it, so its words and files go, and the line says so.</summary>
internal static class Deletions
{
    public static async Task<bool> ApplyAsync(Message message, TargetChange deletion, AppDb db)
    {
        var extra = Targets.Extra(message);
        if (extra.ContainsKey("deleted_at")) return false;
        extra["deleted_at"] = deletion.At.ToString("O");
        extra.Remove("edits");
        (message.Content, message.Extra) = (null, extra.ToJsonString());
        var now = db.Databases.Time.Now();
        var files = await db.Attachments.Where(a => a.TenantId == message.TenantId && a.MessageId == message.Id).ToListAsync();
        foreach (var file in files) (file.State, file.Reason, file.DueAt) = (AttachmentState.Deleted, AttachmentReason.Deleted, now);
        await Targets.SayAsync(message, "[Deleted]", db);
        return true;
    }
}
