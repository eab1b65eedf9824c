using ChatOperator.Conversations;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>The parts of one reported message while it is locked, and what the message's own row says of them. The rule in SQL: <see cref="MessageStatusSql"/>.</summary>
internal sealed class ReportedParts
{
    private readonly Dictionary<Guid, Part> _parts = [];

    /// <summary>The message's status.</summary>
    public MessageStatus Status => MessageStatusRank.OfParts(_parts.Values.Select(p => p.Status));

    /// <summary>Why its first failed part failed, or why its account cannot send it; null otherwise.</summary>
    public string? Error => _parts.Values
        .Where(p => p.Status == MessageStatus.Failed || (p.Status == MessageStatus.Queued && p.Error?.Contains(MessageStatusSql.Paused, StringComparison.Ordinal) == true))
        .OrderBy(p => p.Status != MessageStatus.Failed).ThenBy(p => p.N).FirstOrDefault()?.Error;

    /// <summary>A part as it is stored. The first time counts: later there may be news of it.</summary>
    public void Found(Guid delivery, int n, MessageStatus status, string? error) => _parts.TryAdd(delivery, new Part(n, status, error));

    public MessageStatus StatusOf(Guid delivery) => _parts[delivery].Status;

    public void Advance(Guid delivery, MessageStatus status, string? error) => _parts[delivery] = _parts[delivery] with { Status = status, Error = error };

    private sealed record Part(int N, MessageStatus Status, string? Error);
}
