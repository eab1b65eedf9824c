using ChatOperator.Conversations;

namespace ChatOperator.Agents.Turns;

/// <summary>Tells conversations' agents what concerns them. All are hints, best given after a commit: losing one costs a second.</summary>
internal sealed class AgentWakes
{
    private readonly IGrainFactory _grains;
    private readonly ILogger<AgentWakes> _log;

    public AgentWakes(IGrainFactory grains, HolderChanges holders, ILogger<AgentWakes> log)
    {
        (_grains, _log) = (grains, log);
        holders.Changed += Tell;
        holders.Reported += Tell;

        void Tell(Guid tenant, Guid conversation) => Forget(Grain(tenant, conversation).HolderChangedAsync());
    }

    public IAgentGrain Grain(Guid tenant, Guid conversation) => _grains.GetGrain<IAgentGrain>(new ConversationKey(tenant, conversation).ToString());

    /// <summary>Something new arrived, to be looked at then; when more follows, later, but never after <paramref name="by"/>.</summary>
    public void Hear(Guid tenant, Guid conversation, long message, DateTimeOffset due, DateTimeOffset by) =>
        Forget(Grain(tenant, conversation).HearAsync(message, due, by));

    /// <summary>Its time has come.</summary>
    public void Wake(Guid tenant, Guid conversation) => Forget(Grain(tenant, conversation).WakeAsync());

    private void Forget(Task hint) => hint.ContinueWith(
        t => _log.LogDebug(t.Exception, "An agent could not be woken; the sweep will."), CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
