using ChatOperator.Conversations;

namespace ChatOperator.Intake;

/// <summary>What a batch's messages do to one conversation's row; one update per conversation and batch.</summary>
internal sealed record ConversationUpdate(
    Guid TenantId, Guid ConversationId, string LastMessage, DateTimeOffset LastAt, long MaxId,
    DateTimeOffset? LastInboundAt, long LastInboundId, DateTimeOffset? WindowUntil, int Unread, DateTimeOffset? AgentDueAt, EchoLock? Lock,
    DateTimeOffset ArrivedAt)
{
    /// <summary>What the chat list shows of a message.</summary>
    public static string Preview(string words) => ListPreview.Of(words);

    public static ConversationUpdate Of(IEnumerable<NewMessage> messages)
    {
        NewMessage? newest = null, newestInbound = null, echo = null;
        long maxId = 0, maxInboundId = 0;
        DateTimeOffset? window = null, agentDue = null;
        var unread = 0;
        foreach (var message in messages)
        {
            if (newest is null || message.At >= newest.At) newest = message;
            maxId = Math.Max(maxId, message.Id);
            if (message.Locks) echo = message;
            if (!message.Inbound) continue;
            unread++;
            maxInboundId = Math.Max(maxInboundId, message.Id);
            if (newestInbound is null || message.At >= newestInbound.At) newestInbound = message;
            if (message.AgentDueAt is { } due) agentDue = due;
            if (message.WindowUntil > (window ?? DateTimeOffset.MinValue)) window = message.WindowUntil;
        }
        return new ConversationUpdate(
            newest!.Account.TenantId, newest.Place.ConversationId, Preview(newest.Shown), newest.At, maxId,
            newestInbound?.At, maxInboundId, window, unread, agentDue,
            echo is null ? null : new EchoLock(Guid.CreateVersion7(echo.Arrival.At), echo.Arrival.At, echo.Arrival.Id), newest.Arrival.At);
    }
}

/// <summary>A human spoke outside this product: the conversation is theirs from now on.</summary>
/// <param name="Event">Id of the record that says so.</param>
/// <param name="Receipt">What it came in.</param>
internal sealed record EchoLock(Guid Event, DateTimeOffset At, Guid Receipt);
