namespace ChatOperator.Conversations;

/// <summary>
/// Told after a commit that a conversation changed hands, so that a thinking agent stops at once. A hint: what the agent may still do is
/// decided by the conversation's row.
/// </summary>
internal sealed class HolderChanges
{
    /// <summary>Tenant and conversation.</summary>
    public event Action<Guid, Guid>? Changed;

    /// <summary>The same, when it is the network that said so: there is nothing to show it there.</summary>
    public event Action<Guid, Guid>? Reported;

    public void Announce(Guid tenant, Guid conversation) => Changed?.Invoke(tenant, conversation);

    public void Report(Guid tenant, Guid conversation) => Reported?.Invoke(tenant, conversation);
}
