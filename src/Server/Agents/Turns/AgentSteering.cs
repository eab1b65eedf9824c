using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>What stopping the agent came to.</summary>
/// <param name="Stopped">It was thinking, or something of its was still to be sent.</param>
/// <param name="Draft">What it had written.</param>
public sealed record StoppedAgent(bool Stopped, string? Draft);

/// <summary>Seeing, stopping and starting the agent in one conversation.</summary>
internal sealed class AgentSteering(
    CurrentCaller caller, AppDb db, AgentDirectory agents, AccountDirectory accounts, AgentWakes wakes, HolderChanges holders, TimeProvider time)
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/admin/conversations/{id:guid}/agent", (Guid id, AgentSteering steering, CancellationToken cancel) => steering.ReadAsync(id, cancel))
            .WithTags("Agent").RequireAuthorization(Access.Read).WithSummary("What the agent does about a conversation at this moment");
        var write = app.MapGroup("/admin/conversations/{id:guid}").WithTags("Agent").RequireAuthorization(Access.Write);
        write.MapPost("/agent/stop", (Guid id, AgentSteering steering, CancellationToken cancel) => steering.StopAsync(id, cancel))
            .WithSummary("Stop the agent in mid-thought, keep what it wrote, and take the conversation");
        write.MapPost("/agent/run", (Guid id, AgentSteering steering, CancellationToken cancel) => steering.RunAsync(id, cancel))
            .WithSummary("Let the agent look at the conversation now");
        write.MapDelete("/draft", (Guid id, AgentSteering steering, CancellationToken cancel) => steering.DismissAsync(id, cancel))
            .WithSummary("Dismiss what the agent had written");
    }

    /// <exception cref="Problem">404.</exception>
    public Task<AgentState> ReadAsync(Guid id, CancellationToken cancel) => AgentState.ReadAsync(id, db, agents, cancel);

    /// <summary>The lock comes first: whatever the turn does from then on is never sent.</summary>
    /// <exception cref="Problem">404.</exception>
    public async Task<StoppedAgent> StopAsync(Guid id, CancellationToken cancel)
    {
        var (conversation, withdrew) = await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
                HumanOverrideEndpoint.Take(db, locked, new OverrideForm(true), new Holder(caller.OperatorId, caller.Name), time.Now());
                var queued = await db.Deliveries.AnyAsync(d => d.ConversationId == id && d.IsOpen && d.ByAgent && d.Status == MessageStatus.Queued, cancel);
                await db.WithdrawAgentAsync(locked, cancel);
                return (locked, queued);
            },
            cancel);
        var thought = await wakes.Grain(caller.Tenant, id).StopAsync();
        holders.Announce(caller.Tenant, id);
        await db.LetAgentSendEndAsync(id, time, cancel);
        return new StoppedAgent(thought || withdrew, await AgentState.DraftAsync(db, conversation, cancel));
    }

    /// <exception cref="Problem">404. 409 agent_silent: it may not answer, and why.</exception>
    public async Task<AgentState> RunAsync(Guid id, CancellationToken cancel)
    {
        var found = await Situation.ReadAsync(db, new ConversationKey(caller.Tenant, id), agents, accounts, time.Now(), cancel) ?? throw Problem.NotFound();
        if (found.SilentBecause(time.Now()) is { } reason) throw Silent(reason);
        await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
                if (locked.IsLocked) return;
                // Another node, or a moment ago this one, may have dealt with it.
                if (await db.AgentTurns.AnyAsync(
                    t => t.ConversationId == id && t.UpToId >= locked.LastInboundId && t.LockVersion == locked.LockVersion && t.Outcome == TurnOutcome.Answered, cancel))
                    throw Silent("already_answered");
                locked.AgentDueAt = time.Now();
                db.RecordAgent(locked);
            },
            cancel);
        wakes.Wake(caller.Tenant, id);
        return await ReadAsync(id, cancel);
    }

    /// <exception cref="Problem">404.</exception>
    public async Task<NoContent> DismissAsync(Guid id, CancellationToken cancel)
    {
        await db.WriteAsync(
            async () =>
            {
                var locked = await db.LockConversationAsync(caller.Tenant, id, cancel) ?? throw Problem.NotFound();
                var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == id, cancel);
                if (draft is null) db.Drafts.Add(draft = new Draft { TenantId = caller.Tenant, ConversationId = id, Text = "" });
                (draft.Text, draft.At) = ("", time.Now());
                db.RecordAgent(locked);
            },
            cancel);
        return TypedResults.NoContent();
    }

    private static Problem Silent(string reason) =>
        new(409, "agent_silent", $"The agent may not answer here: {reason}.", "Ask why it does not answer; each cause has its remedy.") { More = { ["reason"] = reason } };
}
