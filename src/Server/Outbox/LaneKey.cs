namespace ChatOperator.Outbox;

/// <summary>A conversation's lane: sends to one person leave one after the other.</summary>
internal readonly record struct LaneKey(Guid Tenant, Guid Conversation)
{
    /// <summary>The name of its grain.</summary>
    public override string ToString() => $"{Tenant:N}/{Conversation:N}";

    /// <exception cref="FormatException">Not the name of a lane.</exception>
    public static LaneKey Parse(string name) => new(Guid.ParseExact(name[..32], "N"), Guid.ParseExact(name[33..], "N"));
}
