using System.Globalization;
using ChatOperator.Attachments;
using ChatOperator.Attachments.Facts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake.Singles;
using ChatOperator.Outbox;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// An echo that none of our sends explains: a person wrote it outside this product, unless an app did. It is stored as an outgoing message and
/// a person's takes the chat over; it never wakes the agent, never moves the reply window and is not to be read by anybody.
/// </summary>
internal static class PersonsWord
{
    public static async Task TakeAsync(
        AppDb db, Conversation conversation, HeldEcho echo, ExternalId? known, IChannel? channel, DateTimeOffset now, CancellationToken cancel)
    {
        var message = new Message
        {
            TenantId = echo.TenantId, Id = await db.NextMessageAsync(cancel), ConversationId = conversation.Id,
            Author = echo.IsPersons ? MessageAuthor.Echo : MessageAuthor.System,
            Type = echo.Type, Text = echo.Text, Content = echo.Content, Extra = echo.Extra, At = echo.At, ArrivedAt = echo.ArrivedAt,
            ExternalId = echo.ExternalId, ReplyTo = echo.ReplyTo, CorrelationId = echo.CorrelationId,
            Status = Watermark.Raise(
                known is { PendingRank: > 0 } ? MessageStatusRank.Of((DeliveryStatus)known.PendingRank) : MessageStatus.Sent,
                echo.At, echo.At, conversation.DeliveredUntil, conversation.ReadUntil),
        };
        db.Messages.Add(message);
        var waiting = known?.PendingChanges is { } changes ? TargetChange.Read(changes) : [];
        if (echo.Content is { } content && !waiting.Any(c => c.Kind == TargetChangeKind.Delete)) db.Attachments.AddRange(Files(message, echo, ContentJson.Read(content).Files, channel, now));
        if (known is null)
            db.ExternalIds.Add(new ExternalId { TenantId = echo.TenantId, AccountId = echo.AccountId, Id = echo.ExternalId, MessageId = message.Id, At = now });
        else (known.MessageId, known.PendingChanges) = (message.Id, null);
        conversation.LastMessageId = Math.Max(conversation.LastMessageId, message.Id);
        if (message.At >= conversation.LastMessageAt)
            (conversation.LastMessage, conversation.LastMessageAt) = (ConversationUpdate.Preview(message.Text), message.At);
        foreach (var change in waiting) await change.ApplyAsync(message, db);
        if (echo.IsPersons && conversation.TakeByEcho(now))
            db.RecordOverride(conversation, OverrideEventKind.Taken, Holder.Nobody, correlation: echo.CorrelationId);
        db.Record(echo.TenantId, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), conversation.Id);
    }

    /// <summary>What it consists of besides words is fetched from now on.</summary>
    private static IEnumerable<Attachment> Files(Message message, HeldEcho echo, IReadOnlyList<MediaContent> files, IChannel? channel, DateTimeOffset now) =>
        files.Select((media, position) => new Attachment
        {
            TenantId = message.TenantId, Id = Guid.CreateVersion7(now), AccountId = echo.AccountId, ConversationId = message.ConversationId,
            MessageId = message.Id, Position = position, Kind = media.Kind, State = AttachmentState.Waiting, Voice = media.Voice,
            FileName = FileNames.Safe(media.FileName), MimeType = FileType.Bare(media.MimeType), Size = media.Bytes, Source = ContentJson.Write(media),
            CreatedAt = now, DueAt = now, FetchUntil = echo.ArrivedAt + NewFile.KeptBy(channel),
        });
}
