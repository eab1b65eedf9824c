using System.Globalization;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;

namespace ChatOperator.Outbox;

/// <summary>The one way out: whoever speaks to a contact enqueues here, in a transaction of their own, and wakes the lane after it.</summary>
internal sealed class Outgoing(IGrainFactory grains, TimeProvider time, ILogger<Outgoing> log)
{
    private const int LongestText = 64 * 1024;

    /// <summary>
    /// Writes the message and its deliveries. The conversation must be locked by this transaction
    /// (<see cref="ConversationLock.LockConversationAsync"/>); call <see cref="Wake(Conversation)"/> after the commit.
    /// </summary>
    /// <exception cref="Problem">409 window_expired; 409 conversation_locked for an agent whom a human overtook.</exception>
    public async Task<Enqueued> EnqueueAsync(
        AppDb db, ConnectedAccount account, Conversation conversation, Speech speech, CancellationToken cancel = default)
    {
        var now = time.Now();
        var held = IsHeld(account, conversation, speech, now);
        Check(account, conversation, speech, now, held);
        var parts = Parts(speech.Contents, account);
        var notBefore = speech.NotBefore > now ? speech.NotBefore : null;
        var shown = held ? notBefore : Later(notBefore, conversation.NextSendAt > now ? conversation.NextSendAt : null);
        var (type, text) = speech.Summary;
        var message = new Message
        {
            TenantId = conversation.TenantId, Id = await db.NextMessageAsync(cancel), ConversationId = conversation.Id, Author = speech.Author,
            AuthorName = speech.AuthorName, OperatorId = speech.OperatorId, Type = type, Text = text,
            Content = speech.Contents is [not TextContent and var only] ? ContentJson.Write(only) : null,
            At = now, ArrivedAt = now, ReplyTo = speech.ReplyTo, CorrelationId = speech.CorrelationId ?? time.NewId(),
            Status = MessageStatus.Queued, NotBefore = shown, Extra = held ? MessageView.HeldMark : null,
        };
        db.Appended.Add(message);
        await db.AttachAsync(message, account.Id, speech.Contents, now, cancel);
        db.Appended.AddRange(parts.Select((content, part) => new Delivery
        {
            TenantId = message.TenantId, Id = time.NewId(), ConversationId = conversation.Id, AccountId = conversation.AccountId,
            MessageId = message.Id, Part = part, Content = ContentJson.Write(content), ReplyTo = part == 0 && content is not ReactionContent ? speech.ReplyTo : null,
            ByAgent = speech.Author == MessageAuthor.Agent, LockVersion = conversation.LockVersion, Status = MessageStatus.Queued, NotBefore = notBefore,
            Held = held, AwaitsMarks = conversation.ChannelSource != Conversation.CommonestSource,
        }));
        if (held) conversation.HasHeld = true;
        (conversation.LastMessageId, conversation.LaneDueAt) = (message.Id, now);
        // The list shows what was said last, and a reaction says nothing.
        if (now >= conversation.LastMessageAt && speech.Contents is not [ReactionContent]) (conversation.LastMessage, conversation.LastMessageAt) = (ListPreview.Of(text), now);
        db.Record(message.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), conversation.Id);
        Correlation.Tag(message.CorrelationId);
        return new Enqueued(message.Id, message.CorrelationId, shown, parts.Count);
    }

    /// <summary>Tells the lane to look. A hint, best given after the commit: losing it costs a second.</summary>
    public void Wake(Conversation conversation) => Wake(conversation.TenantId, conversation.Id, conversation.AccountId);

    /// <inheritdoc cref="Wake(Conversation)"/>
    public void Wake(Guid tenant, Guid conversation, Guid account)
    {
        var waking = grains.GetGrain<IDeliveryLaneGrain>(new ConversationKey(tenant, conversation).ToString()).WakeAsync(account);
        waking.ContinueWith(
            t => log.LogDebug(t.Exception, "A lane could not be woken; the sweep will."), CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>What leaves one after the other: long texts split to the channel's limit.</summary>
    public static List<Content> Parts(IReadOnlyList<Content> contents, ConnectedAccount account) =>
        [.. contents.SelectMany(c => Split(c, account.Can))];

    /// <exception cref="Problem">400: longer than anybody reads, or than a network would take in a hundred parts.</exception>
    public static void CheckLength(string field, string? words)
    {
        if (words?.Length > LongestText)
            throw Problem.Invalid($"`{field}` has {words.Length:N0} characters; at most {LongestText:N0} are sent.", "Shorten the text, or send it as a document.");
    }

    /// <exception cref="Problem">409 window_expired.</exception>
    public static void CheckWindow(ConnectedAccount account, Conversation conversation, DateTimeOffset at, bool byPerson, bool isTemplate)
    {
        var can = account.Can;
        if (ReplyWindow.Allows(can, conversation.WindowExpiresAt, at, byPerson, isTemplate)) return;
        throw new Problem(
            409, "window_expired", "The time in which free text may be sent to this person is over.",
            can.Templates ? "Send an approved template, or send this with hold: it leaves when the person writes again."
                : "Send this with hold: it leaves when the person writes again.");
    }

    /// <summary>Whether it waits for the window: only what a person says, and only when they asked for that.</summary>
    private static bool IsHeld(ConnectedAccount account, Conversation conversation, Speech speech, DateTimeOffset now) =>
        speech.Hold && speech.Author != MessageAuthor.Agent && !ReplyWindow.Allows(
            account.Can, conversation.WindowExpiresAt, now, byPerson: true, speech.Contents.All(c => c is TemplateContent));

    private static void Check(ConnectedAccount account, Conversation conversation, Speech speech, DateTimeOffset now, bool held)
    {
        var byAgent = speech.Author == MessageAuthor.Agent;
        if (byAgent && ((conversation.IsLocked && !IsFarewell(conversation, speech)) || (speech.LockVersion is { } version && version != conversation.LockVersion)))
            throw new Problem(409, "conversation_locked", "A person has this conversation; the agent stays silent.", "Release the conversation first.");
        if (account.Row.State == AccountState.Disabled)
            throw new Problem(409, "account_disabled", "This channel account is switched off.", "Switch it on under Channels.");
        var isTemplate = speech.Contents.All(c => c is TemplateContent);
        var at = speech.NotBefore > now ? speech.NotBefore.Value : now;
        if (!held) CheckWindow(account, conversation, at, !byAgent, isTemplate);
    }

    /// <summary>What the agent says in the transaction in which it hands over; a human who takes the conversation still withdraws it.</summary>
    private static bool IsFarewell(Conversation conversation, Speech speech) =>
        conversation is { HeldWhy: OverrideReason.HandOff, IsHeldByNobody: true } && speech.LockVersion == conversation.LockVersion;

    private static IEnumerable<Content> Split(Content content, Capabilities can) =>
        content is TextContent { Body: var body } ? TextSplitter.Split(body, can.MaxText, can.TextUnit).Select(p => new TextContent(p)) : [content];

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a > b ? a : b;
}
