using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>What an operator sends.</summary>
/// <param name="ChannelSource">Must be the conversation's own, so that nothing leaves by the wrong network.</param>
/// <param name="ReplyTo">Id of the quoted message.</param>
/// <param name="NotBefore">A scheduled send.</param>
/// <param name="Hold">When the reply window is closed: wait until the contact writes again, instead of being refused.</param>
/// <param name="TakeOver">Take the conversation from another operator who has it, instead of being refused.</param>
/// <param name="Choices">Something to tap below the message. What is tapped comes back as a message of type interactive with the choice's id.</param>
/// <param name="ChoicesButton">Where the network hides many choices behind a button: what stands on it.</param>
/// <param name="Location">A place, sent alone.</param>
/// <param name="Contacts">Address-book cards, sent alone.</param>
public sealed record SendRequest(
    Guid ConversationId, string? Message = null, string? ChannelSource = null, IReadOnlyList<SendAttachment>? Attachments = null,
    long? ReplyTo = null, DateTimeOffset? NotBefore = null, bool Hold = false, bool TakeOver = false,
    IReadOnlyList<SendChoice>? Choices = null, string? ChoicesButton = null, SendLocation? Location = null, IReadOnlyList<SendContact>? Contacts = null);

/// <summary>One thing to tap.</summary>
/// <param name="Id">Comes back with the answer; the title when left out.</param>
/// <param name="Description">A smaller line below the title, where the channel has room for one.</param>
public sealed record SendChoice(string Title, string? Id = null, string? Description = null);

/// <summary>A place. Degrees, WGS 84.</summary>
/// <param name="Place">Its address.</param>
public sealed record SendLocation(double Latitude, double Longitude, string? Name = null, string? Place = null);

/// <summary>An address-book card; a phone with its country code.</summary>
public sealed record SendContact(string Name, string? Phone = null, string? Email = null, string? Organization = null);

/// <summary>A file to send: one uploaded before, by its id, or an address the network can fetch it from.</summary>
/// <param name="Id">Of an upload to this conversation's account; the rest is known then.</param>
/// <param name="Type">With an address: image | video | audio | document | sticker.</param>
/// <param name="Caption">Words that go with this file.</param>
public sealed record SendAttachment(
    Guid? Id = null, string? Type = null, string? Url = null, string? Filename = null, string? MimeType = null, long? Size = null, string? Caption = null);

/// <summary>Durably in the outbox.</summary>
/// <param name="Status">Always "sent", as plain clients expect; <paramref name="DeliveryStatus"/> is how far it really is.</param>
public sealed record SendAnswer(string Status, long MessageId, Guid CorrelationId, MessageStatus DeliveryStatus, DateTimeOffset? NotBefore);

/// <summary>An operator's word to a contact, on any channel.</summary>
internal sealed class Send(
    SharedWrites writes, CurrentCaller caller, AccountDirectory accounts, Outgoing outgoing, HolderChanges holders, TimeProvider time)
{
    /// <exception cref="Problem">400, 404, 409: see the contract's list of codes.</exception>
    public async Task<SendAnswer> RunAsync(SendRequest request, HttpContext http)
    {
        if (string.IsNullOrEmpty(request.ChannelSource))
            throw new Problem(400, "channel_source_missing", "channel_source is missing.", "Send the conversation's channel_source along.");
        Conversation? conversation = null;
        var before = 0;
        var answer = await writes.OnceAsync(
            caller.Tenant, request.ConversationId, http, "send", request,
            async db =>
            {
                conversation = await db.LockConversationAsync(caller.Tenant, request.ConversationId) ?? throw Problem.NotFound();
                before = conversation.LockVersion;
                Match(conversation, request.ChannelSource);
                var quoted = await QuotedAsync(db, request);
                var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId) ?? throw Problem.NotFound();
                var contents = SpecialContent.Of(request, account) is { } special
                    ? [special] : await db.ContentsAsync(account, request.Message, request.Attachments ?? [], CancellationToken.None);
                return await SpeakAsync(
                    db, conversation, new Speech(contents, MessageAuthor.Operator, caller.Name, caller.OperatorId, quoted, request.NotBefore, Hold: request.Hold),
                    request.TakeOver);
            });
        if (conversation is null) return answer;
        outgoing.Wake(conversation);
        if (conversation.LockVersion != before) holders.Announce(conversation.TenantId, conversation.Id);
        return answer;
    }

    /// <summary>On a locked conversation: takes it over, marks it read and enqueues. For a person's words; the agent uses <see cref="Outgoing"/>.</summary>
    /// <param name="takeOver">Also from another operator.</param>
    /// <exception cref="Problem">409 conversation_locked: another operator has it.</exception>
    public async Task<SendAnswer> SpeakAsync(AppDb db, Conversation conversation, Speech speech, bool takeOver = false)
    {
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId) ?? throw Problem.NotFound();
        if (speech.Author == MessageAuthor.Operator) await TakeAsync(db, conversation, new Holder(speech.OperatorId, speech.AuthorName ?? ""), takeOver);
        var enqueued = await outgoing.EnqueueAsync(db, account, conversation, speech);
        if (speech.Author == MessageAuthor.Operator) await db.ReadUpToAsync(conversation, enqueued.MessageId);
        return new SendAnswer("sent", enqueued.MessageId, enqueued.CorrelationId, MessageStatus.Queued, enqueued.NotBefore);
    }

    /// <summary>Speaking is taking over, but nobody takes a chat from a colleague by the way. A service speaks beside whoever has it.</summary>
    private async Task TakeAsync(AppDb db, Conversation conversation, Holder speaker, bool takeOver)
    {
        var byColleague = conversation is { IsLocked: true, HeldById: not null } && !conversation.IsHeldBy(speaker);
        if (byColleague && !takeOver)
        {
            if (speaker.Id is not null) throw HeldByAnother(conversation);
            return;
        }
        if (!takeOver && (await db.Tenants.FindAsync(conversation.TenantId))?.LockOnReply != true) return;
        HumanOverrideEndpoint.Take(db, conversation, new OverrideForm(true, Reason: Word.Of(OverrideReason.Reply), TakeOver: true), speaker, time.Now());
    }

    /// <summary>409 conversation_locked, for people.</summary>
    public static Problem HeldByAnother(Conversation conversation) => new(
        409, "conversation_locked", $"{conversation.HeldBy} has this conversation.", "Ask for it, or repeat this with take_over.")
    {
        More = { ["held_by"] = conversation.HeldBy },
    };

    /// <exception cref="Problem">409 channel_source_mismatch.</exception>
    public static void Match(Conversation conversation, string channelSource)
    {
        if (!string.Equals(conversation.ChannelSource, channelSource, StringComparison.Ordinal))
            throw new Problem(
                409, "channel_source_mismatch", $"This conversation is on {conversation.ChannelSource}, not on {channelSource}.",
                "Reload the chat and send again.");
    }

    private static async Task<string?> QuotedAsync(AppDb db, SendRequest request)
    {
        if (request.ReplyTo is not { } id) return null;
        var quoted = await db.Messages.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id && m.ConversationId == request.ConversationId);
        return quoted?.ExternalId ?? throw Problem.Invalid("reply_to is not a message of this conversation that the network knows.");
    }
}
