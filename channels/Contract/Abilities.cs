namespace ChatOperator.Channels.Contract;

/// <summary>The network can be asked whether an account's settings work.</summary>
public interface IConnectionTest
{
    /// <summary>One cheap call with the account's credentials. Never throws for what the network answers.</summary>
    Task<ConnectionReport> TestAsync(Connection connection, CancellationToken cancel);
}

/// <summary>What a connection test found.</summary>
/// <param name="Detail">What the network said, for people.</param>
/// <param name="Fix">What to do, when not ok.</param>
public sealed record ConnectionReport(bool Ok, Words Detail, Words? Fix = null);

/// <summary>The network shows the contact that their message was read.</summary>
public interface IReadReceipts
{
    /// <summary>Marks a received message, and with it all before it, as read. Best effort: false when the network refused.</summary>
    Task<bool> MarkReadAsync(string externalId, Connection connection, CancellationToken cancel);
}

/// <summary>The network shows the contact that somebody is typing.</summary>
public interface ITyping
{
    /// <summary>Shows typing in answer to a received message until a message is sent or the network's own time runs out.</summary>
    Task<bool> ShowTypingAsync(string toExternalId, string address, Connection connection, CancellationToken cancel);
}

/// <summary>The channel can cut a webhook body down to what concerns one account, for bodies that carry several tenants.</summary>
public interface ISlicesWebhooks
{
    /// <summary>A body of the same shape with only the items for which <paramref name="keep"/> holds. Pure.</summary>
    byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep);
}
