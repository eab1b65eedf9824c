using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Outbox;

/// <summary>Who shall have a conversation.</summary>
/// <param name="Locked">True: a human, whose word is final. False: the agent may answer again.</param>
/// <param name="Until">When the agent gets it back by itself; null: when somebody gives it back.</param>
/// <param name="Reason">Why, in any words; kept in the record. take_over (default), hand_off, reply and echo are also told as <c>why</c>.</param>
/// <param name="TakeOver">Take it from another human too.</param>
/// <param name="ToRequester">Give it to whoever asked for it last, instead of having it oneself.</param>
/// <param name="Note">With <paramref name="Locked"/> false: a word to the agent, which its next answers take into account.</param>
public sealed record OverrideForm(
    bool Locked, DateTimeOffset? Until = null, string? Reason = null, bool TakeOver = false, string? Note = null,
    bool ToRequester = false)
{
    /// <summary>The reason as one of our words, when it is one.</summary>
    internal OverrideReason? Why => Word.TryRead<OverrideReason>(Reason ?? "", out var why) ? why : null;

    /// <summary>The reason when it is in a person's own words.</summary>
    internal string? Words => Why is null && !string.IsNullOrWhiteSpace(Reason) ? Reason.Trim() : null;
}

/// <summary>Who has a conversation.</summary>
/// <param name="HeldBy">The human's name, "" for one outside this product; null when nobody has it.</param>
public sealed record OverrideState(bool Locked, string? HeldBy, OverrideReason? Why, DateTimeOffset? Until);

/// <summary>
/// Taking a conversation over and giving it back. It stands in this slice because taking over also takes back what the agent has queued:
/// once <c>{"locked": true}</c> is answered, nothing of the agent's leaves any more.
/// </summary>
internal static class HumanOverrideEndpoint
{
    private const int LongestNote = 2000;

    public static void MapHumanOverride(this WebApplication app) =>
        app.MapPost("/admin/conversations/{id:guid}/human-override", SetAsync).WithTags("Chats").RequireAuthorization(Access.Write)
            .WithSummary("Take a conversation over, or give it back to the agent");

    private static async Task<OverrideState> SetAsync(
        Guid id, OverrideForm form, CurrentCaller caller, AppDb db, HolderChanges holders, TimeProvider time, CancellationToken cancel)
    {
        if (form.Until <= time.GetUtcNow()) throw Problem.Invalid("until is in the past.");
        if (form.Reason?.Length > LongestNote) throw Problem.Invalid($"reason: at most {LongestNote} characters.");
        if (form.Note?.Length > LongestNote) throw Problem.Invalid($"note: at most {LongestNote} characters.");
        var (conversation, before) = await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
                var version = locked.LockVersion;
                var self = new Holder(caller.OperatorId, caller.Name);
                if (form is { Locked: true, ToRequester: true }) await GiveAsync(db, locked, form, self, time.Now(), cancel);
                else if (form.Locked) Take(db, locked, form, self, time.Now());
                else if (await db.ReleaseAsync(locked, time.Now(), cancel)) db.RecordOverride(locked, OverrideEventKind.Released, self, Trimmed(form.Note) ?? form.Words);
                if (locked.IsLocked) await db.WithdrawAgentAsync(locked, cancel);
                return (locked, version);
            },
            cancel);
        // Who changes nothing must not disturb a thinking agent.
        if (conversation.LockVersion != before) holders.Announce(caller.Tenant, id);
        if (conversation.IsLocked) await db.LetAgentSendEndAsync(id, time, cancel);
        return new OverrideState(conversation.IsLocked, conversation.HeldBy, conversation.HeldWhy, conversation.HeldUntil);
    }

    /// <summary>Takes a locked conversation from the agent, or from whoever has it when the form says so.</summary>
    internal static void Take(AppDb db, Conversation locked, OverrideForm form, Holder holder, DateTimeOffset now)
    {
        var fromHuman = locked.IsLocked && !locked.IsHeldBy(holder) && !locked.IsHeldByNobody;
        if (fromHuman && !form.TakeOver) return;
        // Asking again without an end does not take the end away that was set.
        var until = form.Until ?? (locked.IsHeldBy(holder) ? locked.HeldUntil : null);
        if (locked.TakeOver(holder, form.Why ?? OverrideReason.TakeOver, now, until))
            db.RecordOverride(locked, fromHuman ? OverrideEventKind.TakenOver : OverrideEventKind.Taken, holder, form.Words);
    }

    /// <summary>The holder's answer to a request. Who is not the holder takes the conversation with it, so must say so.</summary>
    private static async Task GiveAsync(AppDb db, Conversation locked, OverrideForm form, Holder giver, DateTimeOffset now, CancellationToken cancel)
    {
        var asker = await db.RequesterAsync(locked.Id, cancel) ?? throw new Problem(409, "not_requested", "Nobody asked for this conversation.", "Give it back to the agent, or keep it.");
        if (!locked.IsHeldBy(giver) && !locked.IsHeldByNobody && !form.TakeOver) throw Send.HeldByAnother(locked);
        if (locked.TakeOver(asker, OverrideReason.TakeOver, now, form.Until))
            db.RecordOverride(locked, OverrideEventKind.TakenOver, asker, $"Given by {giver.Name}.");
    }

    private static string? Trimmed(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();
}

/// <summary>Waiting until nothing of the agent's can leave any more.</summary>
internal static class AgentSilence
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits for a send that was claimed before the lock; after its deadline it cannot leave any more.</summary>
    public static async Task LetAgentSendEndAsync(this AppDb db, Guid id, TimeProvider time, CancellationToken cancel)
    {
        while (await db.AgentSendInFlightAsync(id, time.GetUtcNow(), cancel) is not null) await Task.Delay(Glance, time, cancel);
    }
}
