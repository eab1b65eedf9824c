namespace ChatOperator.Conversations;

/// <summary>A conversation, as its grains are named: its lane, its agent.</summary>
internal readonly record struct ConversationKey(Guid Tenant, Guid Conversation)
{
    /// <summary>The name of its grain.</summary>
    public override string ToString() => $"{Tenant:N}/{Conversation:N}";

    /// <exception cref="FormatException">Not the name of a conversation's grain.</exception>
    public static ConversationKey Parse(string name) => new(Guid.ParseExact(name[..32], "N"), Guid.ParseExact(name[33..], "N"));
}
