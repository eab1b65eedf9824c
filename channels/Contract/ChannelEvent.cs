namespace ChatOperator.Channels.Contract;

/// <summary>Which account an item is for, in the network's own ids.</summary>
/// <param name="Account">The value of the channel's route setting, or null when the item does not name one.</param>
/// <param name="Owner">The value of its owner setting, or null.</param>
/// <param name="Number">
/// The phone number by which an item without <paramref name="Account"/> names its account, as digits in the one spelling of its country; or null.
/// </param>
public readonly record struct Route(string? Account, string? Owner, string? Number = null);

/// <summary>One thing a webhook says. The family is closed: a switch over it is complete.</summary>
public abstract record ChannelEvent(Route Route);

/// <summary>A contact wrote.</summary>
/// <param name="ExternalId">The network's message id; dedupes repeated deliveries within the account.</param>
/// <param name="From">Who wrote.</param>
/// <param name="At">The network's time, or null when missing or absurd to read.</param>
/// <param name="Content">What was said.</param>
/// <param name="ReplyTo">The network's id of the quoted message, or null.</param>
/// <param name="Referral">The ad or post that brought the contact, or null.</param>
/// <param name="Forwarded">The contact forwarded it from elsewhere.</param>
/// <param name="Standby">Another app has the conversation at the network: it is shown, and the agent does not answer.</param>
public sealed record MessageReceived(
    Route Route, string ExternalId, Person From, DateTimeOffset? At, Content Content,
    string? ReplyTo = null, Referral? Referral = null, bool Forwarded = false, bool Standby = false) : ChannelEvent(Route);

/// <summary>A message sent from our account comes back: from a phone app, a page inbox, or our own send.</summary>
/// <param name="To">The contact it went to.</param>
/// <param name="DeliveryId">Our delivery id when the network hands it back: then it is our own send.</param>
/// <param name="Origin">Who sent it, as far as the network says.</param>
public sealed record MessageEchoed(
    Route Route, string ExternalId, Person To, DateTimeOffset? At, Content Content,
    EchoOrigin Origin, string? DeliveryId = null, string? ReplyTo = null) : ChannelEvent(Route);

/// <summary>Who sent an echoed message.</summary>
public enum EchoOrigin
{
    /// <summary>The network cannot tell: our own send or a person.</summary>
    Unknown,

    /// <summary>An app sent it, be it ours or another: whatever our sends do not explain is no human's word.</summary>
    App,

    /// <summary>A person, outside this product.</summary>
    Person,

    /// <summary>Another app or an automation; not a human's word.</summary>
    Automation,
}

/// <summary>A message's text was changed by its sender.</summary>
public sealed record MessageEdited(Route Route, string ExternalId, string TargetExternalId, DateTimeOffset? At, Content Content)
    : ChannelEvent(Route);

/// <summary>A message was taken back by its sender.</summary>
public sealed record MessageDeleted(Route Route, string ExternalId, string TargetExternalId, DateTimeOffset? At) : ChannelEvent(Route);

/// <summary>A contact reacted to a message; <paramref name="Emoji"/> null takes the reaction back.</summary>
public sealed record ReactionChanged(
    Route Route, string ExternalId, Person From, DateTimeOffset? At, string TargetExternalId, string? Emoji) : ChannelEvent(Route);

/// <summary>The network reports how far a sent message came.</summary>
/// <param name="ExternalId">The network's message id; "" when the report goes by <paramref name="UpTo"/>.</param>
/// <param name="DeliveryId">Our delivery id when the network hands it back; matched first.</param>
/// <param name="UpTo">A watermark: everything sent to <paramref name="Address"/> at or before it reached <paramref name="Status"/>.</param>
/// <param name="AndEarlier">Speaks of what was sent to the same person before that message, not of the message itself.</param>
public sealed record DeliveryReported(
    Route Route, string ExternalId, DeliveryStatus Status, DateTimeOffset? At, string? DeliveryId = null,
    SendFailure? Failure = null, string? Address = null, DateTimeOffset? UpTo = null, bool AndEarlier = false) : ChannelEvent(Route);

/// <summary>How far a sent message came. Ranked: a later report never goes back; failed ends it unless a proof of delivery came.</summary>
public enum DeliveryStatus { Sent = 1, Delivered = 2, Read = 3, Played = 4, Failed = 10 }

/// <summary>A contact is now known otherwise (another number, another id, marketing opt-out…).</summary>
/// <param name="Kind">identity | opt_out | opt_in | profile.</param>
/// <param name="Person">Who, as known before.</param>
/// <param name="Now">Who, as known from now on; null when only <paramref name="Detail"/> changed.</param>
/// <param name="Detail">A sentence for the timeline, e.g. the network's own words.</param>
public sealed record ContactChanged(Route Route, string Kind, Person Person, Person? Now, DateTimeOffset? At, string Detail)
    : ChannelEvent(Route);

/// <summary>
/// Where people work at the network too: what became of a conversation there. It never comes from what an operator of ours did, or only as
/// its repetition, which changes nothing.
/// </summary>
/// <param name="With">The conversation's contact.</param>
/// <param name="Word">The network's own word, for the receipt.</param>
public sealed record HandlingChanged(Route Route, Person With, DateTimeOffset? At, Handling Now, string Word) : ChannelEvent(Route);

/// <summary>Who has a conversation, as people at the network left it.</summary>
public enum Handling
{
    /// <summary>A person there has it, or put it aside for themselves.</summary>
    Taken,

    /// <summary>It waits for the agent.</summary>
    GivenBack,

    /// <summary>It is finished: nobody there has it, and what was said needs no answer.</summary>
    Finished,
}

/// <summary>A contact is writing something at this moment.</summary>
public sealed record ContactTyping(Route Route, Person From) : ChannelEvent(Route);

/// <summary>The network changed a template: status, quality, category or components. The catalogue re-reads it.</summary>
public sealed record TemplateChanged(Route Route, string Kind, string TemplateExternalId, string Name, string Language, string? Value)
    : ChannelEvent(Route);

/// <summary>The network changed, limited or warned about the account.</summary>
/// <param name="Kind">The network's word, e.g. THROUGHPUT_UPGRADE.</param>
/// <param name="AccountRate">The account's new sends per second, when the event says so.</param>
/// <param name="MaySend">False: the network will take nothing from it until further notice; true: it does again; null: not what it is about.</param>
public sealed record AccountChanged(Route Route, string Kind, string Detail, int? AccountRate = null, bool? MaySend = null)
    : ChannelEvent(Route);

/// <summary>A real event that we keep and count but do not act on. Not a message: those are never unsupported, see <see cref="UnsupportedContent"/>.</summary>
public sealed record Unsupported(Route Route, string Kind) : ChannelEvent(Route);

/// <summary>Something this network cannot have sent.</summary>
public sealed record Anomalous(Route Route, string Why) : ChannelEvent(Route);
