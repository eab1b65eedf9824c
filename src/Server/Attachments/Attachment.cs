using ChatOperator.Tenancy;

namespace ChatOperator.Attachments;

/// <summary>A file of a message, or a contact's picture: its bytes are in the store, its facts in this row.</summary>
public sealed class Attachment : ITenantOwned
{
    /// <summary>The <see cref="Kind"/> of a contact's picture, which belongs to a conversation and to no message. At most one of each is stored.</summary>
    public const string Portrait = "portrait";

    public Guid TenantId { get; init; }

    /// <summary>Names the file in the store and in its address.</summary>
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>Null while a visitor has uploaded the file and not sent it.</summary>
    public Guid? ConversationId { get; set; }

    /// <summary>Null while the file is uploaded and not sent, and of portraits.</summary>
    public long? MessageId { get; set; }

    /// <summary>0-based place among the message's files.</summary>
    public int Position { get; set; }

    /// <summary>image | video | audio | document | sticker: how it is shown and sent. Or portrait.</summary>
    public required string Kind { get; set; }
    public AttachmentState State { get; set; }

    /// <summary>Why there are no bytes, as a stable word; null otherwise.</summary>
    public string? Reason { get; set; }

    /// <summary>A voice note.</summary>
    public bool Voice { get; set; }

    /// <summary>Words of this file alone, when a message has several.</summary>
    public string? Caption { get; set; }

    /// <summary>Safe to show and to save under; null when nobody named it.</summary>
    public string? FileName { get; set; }

    /// <summary>What the bytes are; until they are here, what the network said.</summary>
    public string? MimeType { get; set; }

    /// <summary>Bytes.</summary>
    public long? Size { get; set; }
    public byte[]? Sha256 { get; set; }
    public int? Width { get; set; }
    public int? Height { get; set; }
    public int? DurationMs { get; set; }

    /// <summary>Whether a small picture of it is in the store.</summary>
    public bool HasThumbnail { get; set; }

    /// <summary>What leads to the bytes: a channel MediaContent as JSON; null for what was uploaded here.</summary>
    public string? Source { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When there is something to do next (fetch, remove the bytes); pushed on while somebody does it. Null: nothing.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>After this the network no longer has the file.</summary>
    public DateTimeOffset? FetchUntil { get; init; }

    /// <summary>Fetches begun. The number fences: only the fetch begun last may write what it found.</summary>
    public int Tries { get; set; }
}

/// <summary>Where the bytes of an attachment are.</summary>
public enum AttachmentState
{
    /// <summary>Not here yet: being fetched from the network, or uploaded by an operator.</summary>
    Waiting,

    /// <summary>In the store.</summary>
    Stored,

    /// <summary>Not ours: the network was given an outside address.</summary>
    Linked,

    /// <summary>Could not be had: too large, or the network no longer had it.</summary>
    Lost,

    /// <summary>Taken back by its sender; the bytes are about to be removed.</summary>
    Deleted,

    /// <summary>Removed, because it was older than the tenant keeps files or because it was deleted.</summary>
    Expired,
}

/// <summary>The words of <see cref="Attachment.Reason"/>.</summary>
public static class AttachmentReason
{
    /// <summary>Larger than this installation takes.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The network had deleted it, or never gave it in its time.</summary>
    public const string NetworkGone = "network_gone";

    /// <summary>The channel account was removed before the file was fetched.</summary>
    public const string AccountGone = "account_gone";

    /// <summary>What should be a contact's picture is none.</summary>
    public const string NoPicture = "no_picture";

    /// <summary>Its sender took it back.</summary>
    public const string Deleted = "deleted";

    /// <summary>Older than the tenant keeps files.</summary>
    public const string Retention = "retention";
}

/// <summary>A stored file as a network has it: the id that sends name it by, until the network forgets it.</summary>
public sealed class NetworkUpload : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid AttachmentId { get; init; }

    /// <summary>An id holds for the account that uploaded it.</summary>
    public Guid AccountId { get; init; }
    public required string MediaId { get; set; }
    public DateTimeOffset At { get; set; }
}
