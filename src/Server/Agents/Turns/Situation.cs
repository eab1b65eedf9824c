using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>A conversation as the agent finds it, and whether it may think about it at all.</summary>
internal sealed record Situation(Conversation Conversation, ActiveAgent Agent, ConnectedAccount? Account, string Business, bool TellsRead, int AnswersLastHour)
{
    /// <summary>null: there is no such conversation any more.</summary>
    public static async Task<Situation?> ReadAsync(
        AppDb db, ConversationKey key, AgentDirectory agents, AccountDirectory accounts, DateTimeOffset now, CancellationToken cancel)
    {
        var hourAgo = now - TimeSpan.FromHours(1);
        // An expression cannot hold the sets' short names.
        var (tenants, turns) = (db.Tenants, db.AgentTurns);
        var found = await db.Conversations.AsNoTracking().Where(c => c.Id == key.Conversation)
            .Select(c => new
            {
                Conversation = c,
                Business = tenants.Where(t => t.Id == key.Tenant).Select(t => t.Name).First(),
                TellsRead = tenants.Where(t => t.Id == key.Tenant).Select(t => t.SendReadReceipts).First(),
                Answers = turns.Count(t => t.ConversationId == c.Id && t.LockVersion == c.LockVersion && t.StartedAt > hourAgo && t.Outcome == TurnOutcome.Answered),
            }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        var account = await accounts.ByIdAsync(key.Tenant, found.Conversation.AccountId, cancel);
        return new Situation(
            found.Conversation, agents.Of(key.Tenant, found.Conversation.AccountId), account, found.Business, found.TellsRead, found.Answers);
    }

    /// <summary>
    /// More answers within an hour than a person would ask for: something answers the answers. Counted since the conversation last came to
    /// the agent: who hands it back has seen what went on.
    /// </summary>
    public bool IsLoop => AnswersLastHour >= Agent.Settings.Handoff.MaxTurnsPerHour;

    /// <summary>Why the agent must leave it alone, as a stable word; null: it may think.</summary>
    public string? SilentBecause(DateTimeOffset now)
    {
        if (Conversation.IsLocked) return "locked";
        if (!Agent.Settings.Enabled) return "agent_off";
        if (Account is null or { Row.State: AccountState.Disabled }) return "account_disabled";
        if (Conversation.LastInboundAt is not { } heard) return "nothing_heard";
        // Networks cut their times to seconds.
        if (heard.AddSeconds(1) <= Agent.ActivatedAt || heard.AddSeconds(1) <= Account.Row.ActivatedAt) return "before_activation";
        if (now - heard > TimeSpan.FromSeconds(Agent.Settings.MaxAgeS)) return "too_old";
        return ReplyWindow.Allows(Account.Can, Conversation.WindowExpiresAt, now, byPerson: false, isTemplate: false) ? null : "window_closed";
    }
}
