using ChatOperator.Agents.Versions;
using ChatOperator.Hosting;

namespace ChatOperator.Intake;

/// <summary>
/// Decides which messages of a batch the agent shall look at, and when: from what is known in memory, since this stands in the way of every
/// message. Whether the conversation is a human's is seen on its row.
/// </summary>
internal sealed class AgentDue(AgentDirectory agents, TimeProvider time)
{
    /// <summary>Networks cut their times to seconds: a message of the second in which the agent was switched on counts as after it.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    public void Mark(Batch batch)
    {
        var now = time.Now();
        foreach (var message in batch.Messages)
            if (message.Wakes && agents.Of(message.Account.TenantId, message.Account.Id) is { Settings.Enabled: true } agent && IsFresh(message, agent, now))
                (message.AgentDueAt, message.AgentDueBy) = (now + agent.Settings.Debounce, now + agent.Settings.LongestWait);
    }

    private static bool IsFresh(NewMessage message, ActiveAgent agent, DateTimeOffset now) =>
        now - message.At <= TimeSpan.FromSeconds(agent.Settings.MaxAgeS) && message.At + Grain > agent.ActivatedAt
        && message.At + Grain > message.Account.Row.ActivatedAt;
}
