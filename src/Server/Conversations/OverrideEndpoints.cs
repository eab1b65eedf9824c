using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>One thing that happened about who has a conversation.</summary>
/// <param name="By">Who did it; "" for a human outside this product, the agent, or the clock.</param>
/// <param name="Why">Why it was taken.</param>
/// <param name="Code">Which of the agent's own rules handed over: keyword | loop | unfinished_deed | answer_cut | answer_filtered | answer_too_long.</param>
public sealed record OverrideStep(
    DateTimeOffset At, OverrideEventKind Kind, string By, OverrideReason? Why, DateTimeOffset? Until, string? Note, string? Code);

/// <summary>Asking the holder of a conversation for it.</summary>
/// <param name="Reason">Shown to the holder.</param>
public sealed record OverrideRequest(string? Reason = null);

/// <summary>A recorded request.</summary>
public sealed record RequestedOverride(string RequestedBy, string? HeldBy, DateTimeOffset At);

/// <summary>Who had a conversation, and asking for it. Taking it stands with the outbox.</summary>
internal static class OverrideEndpoints
{
    private const int MostSteps = 100;
    private const int LongestReason = 2000;

    public static void MapOverrideRecord(this WebApplication app)
    {
        app.MapGet("/admin/conversations/{id:guid}/override-history", HistoryAsync).WithTags("Chats").RequireAuthorization(Access.Read)
            .WithSummary("Who had a conversation, newest first");
        app.MapPost("/admin/conversations/{id:guid}/request", RequestAsync).WithTags("Chats").RequireAuthorization(Access.Write)
            .WithSummary("Ask whoever has a conversation for it");
    }

    /// <summary>Who asked the present holder last; null: nobody did.</summary>
    public static async Task<Holder?> RequesterAsync(this AppDb db, Guid conversation, CancellationToken cancel)
    {
        var last = await db.OverrideEvents.AsNoTracking().Where(e => e.ConversationId == conversation).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
        return last?.Kind == OverrideEventKind.Requested ? new Holder(last.ById, last.By) : null;
    }

    private static async Task<List<OverrideStep>> HistoryAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        if (!await db.Conversations.AnyAsync(c => c.Id == id, cancel)) throw Problem.NotFound();
        return await db.OverrideEvents.AsNoTracking().Where(e => e.ConversationId == id).OrderByDescending(e => e.Id).Take(MostSteps)
            .Select(e => new OverrideStep(e.At, e.Kind, e.By, e.Why, e.Until, e.Note, e.Code)).ToListAsync(cancel);
    }

    private static async Task<RequestedOverride> RequestAsync(
        Guid id, OverrideRequest form, CurrentCaller caller, AppDb db, TimeProvider time, CancellationToken cancel)
    {
        if (form.Reason?.Length > LongestReason) throw Problem.Invalid($"reason: at most {LongestReason} characters.");
        return await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
                if (!locked.IsLocked || locked.IsHeldByNobody)
                    throw new Problem(409, "not_held", "Nobody has this conversation.", "Take it over.");
                if (locked.IsHeldBy(new Holder(caller.OperatorId, caller.Name)))
                    throw new Problem(409, "already_held", "You have this conversation already.", "Go on with it.");
                db.RecordOverride(locked, OverrideEventKind.Requested, new Holder(caller.OperatorId, caller.Name), string.IsNullOrWhiteSpace(form.Reason) ? null : form.Reason.Trim());
                return new RequestedOverride(caller.Name, locked.HeldBy, time.Now());
            },
            cancel);
    }
}
