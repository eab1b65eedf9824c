using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Outbox;

/// <summary>Something to be said to a contact.</summary>
/// <param name="Contents">At least one: a text, then files; or one template. Long texts are split on the way.</param>
/// <param name="Author">Operator, Agent or System.</param>
/// <param name="CorrelationId">The story it belongs to: an agent's turn; null: one of its own.</param>
/// <param name="LockVersion">
/// For the agent: the version of the conversation it decided under. It says nothing once a human has the conversation.
/// </param>
/// <param name="NotBefore">A scheduled send; null: as soon as its turn comes.</param>
/// <param name="Hold">When the reply window is closed, wait until the contact writes again instead of refusing.</param>
internal sealed record Speech(
    IReadOnlyList<Content> Contents, MessageAuthor Author, string? AuthorName = null, Guid? OperatorId = null, string? ReplyTo = null,
    DateTimeOffset? NotBefore = null, Guid? CorrelationId = null, int? LockVersion = null, bool Hold = false)
{
    /// <summary>The API's <c>type</c> and what lists show.</summary>
    public (string Type, string Text) Summary
    {
        get
        {
            var main = Contents.FirstOrDefault(c => c is not TextContent) ?? Contents[0];
            var words = string.Join("\n\n", Contents.Where(c => c is TextContent or MediaContent { Caption.Length: > 0 }).Select(c => c.Text));
            return (main.Type, words.Length > 0 ? words : main.Text);
        }
    }
}

/// <summary>What became of a <see cref="Speech"/>: durably in the outbox once the transaction commits.</summary>
/// <param name="Parts">Deliveries it was split into.</param>
internal sealed record Enqueued(long MessageId, Guid CorrelationId, DateTimeOffset? NotBefore, int Parts);
