namespace ChatOperator.Conversations;

/// <summary>
/// Told after a commit that a conversation changed hands, so that a thinking agent stops at once. A hint: what the agent may still do is
/// decided by the conversation's row.
/// </summary>
internal sealed class HolderChanges
{
    /// <summary>Tenant and conversation.</summary>
    public event Action<Guid, Guid>? Changed;

    public void Announce(Guid tenant, Guid conversation) => Changed?.Invoke(tenant, conversation);
}
