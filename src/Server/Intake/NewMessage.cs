using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Intake.Echoes;

namespace ChatOperator.Intake;

/// <summary>A message about to be stored: what a contact wrote, or what a person sent outside this product.</summary>
internal sealed class NewMessage
{
    /// <summary>A provider's clock may run ahead of ours by this much; more is absurd.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>Older than any of the networks.</summary>
    private static readonly DateTimeOffset Earliest = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly bool _wakesAgent;

    private NewMessage(Arrival arrival, ArrivedItem item, string externalId, Person person, Content content, DateTimeOffset? at)
    {
        (Arrival, Item, Account) = (arrival, item, item.Account!);
        ExternalId = Text.Clean(externalId);
        Person = person;
        Type = content.Type;
        _wakesAgent = content.WakesAgent;
        Words = Shown = Text.Clean(content.Text);
        Content = content is TextContent ? null : Text.CleanJson(ContentJson.Write(content));
        Files = content.Files is { Count: > 0 } files ? NewFile.Of(this, files) : [];
        var sane = at is { } told && told >= Earliest && told <= arrival.At + ClockTolerance;
        At = sane ? at!.Value.ToMilliseconds() : arrival.At;
        TimeReplaced = !sane;
    }

    public Arrival Arrival { get; }
    public ArrivedItem Item { get; }
    public ConnectedAccount Account { get; }
    public string ExternalId { get; }
    public Person Person { get; }
    public string Type { get; }
    public string Words { get; }
    public string? Content { get; }
    public string? Extra { get; private set; }

    /// <summary>What it consists of besides words; fetched after the commit.</summary>
    public IReadOnlyList<NewFile> Files { get; }
    public DateTimeOffset At { get; }
    public bool TimeReplaced { get; }
    public string? ReplyTo { get; private set; }
    public MessageAuthor Author { get; private set; }

    /// <summary>From the contact: counts as unread and opens the reply window.</summary>
    public bool Inbound => Author == MessageAuthor.Contact;

    /// <summary>An echo of which the network says that an app sent it.</summary>
    private bool ByApp { get; init; }

    /// <summary>An echo with our mark. It is another installation's, unless its delivery is found to be ours.</summary>
    public bool SentElsewhere { get; private init; }

    /// <summary>Another app has the conversation at the network: the agent stays out of it.</summary>
    public bool Standby => Item.Event is MessageReceived { Standby: true };

    /// <summary>Whether the agent may be woken by it: nothing but what a contact wrote, and of that only what can be understood and is ours to answer.</summary>
    public bool Wakes => Inbound && _wakesAgent && !Standby;

    /// <summary>When the agent shall look at it; null: not at all.</summary>
    public DateTimeOffset? AgentDueAt { get; set; }

    /// <summary>When the agent shall look at the latest, even if more keeps arriving.</summary>
    public DateTimeOffset AgentDueBy { get; set; }

    /// <summary>A human's word from outside: takes the conversation over.</summary>
    public bool Locks => Author == MessageAuthor.Echo;

    public MessageStatus Status { get; set; }

    /// <summary>When the reply window ends that this message opens, or null.</summary>
    public DateTimeOffset? WindowUntil =>
        Inbound && Account.Channel.Info.Capabilities.ReplyWindow is { } window ? Min(At, Arrival.At) + window : null;

    /// <summary>Whose and which conversation; known before the insert.</summary>
    public Place Place { get; set; } = Place.Nowhere;

    /// <summary>The message's number; set by the insert.</summary>
    public long Id { get; private set; }

    /// <summary>Changes of it that came before it did, as they are stored; null: none. Known after the insert.</summary>
    public string? Waiting { get; set; }

    /// <summary>What the chat list shows of it: its words, or what a change that came with it or before it made of them.</summary>
    public string Shown { get; set; }

    /// <summary>It was taken back before it was stored: its files are not fetched.</summary>
    public bool TakenBack { get; set; }

    /// <summary>Stored by this commit, not seen before.</summary>
    public bool IsNew => Id != 0;

    public void Stored(long id)
    {
        Id = id;
        Item.MessageId = id;
        Item.ConversationId = Place.ConversationId;
        Item.Conclude(Verdict.Applied, TimeReplaced ? "time_replaced" : null);
    }

    /// <summary>Before another try of the commit.</summary>
    public void StartOver()
    {
        (Id, Waiting, Shown, TakenBack) = (0, null, Words, false);
        Item.Reset();
    }

    public void SeenBefore() => Item.Conclude(Verdict.Duplicate);

    public static NewMessage Of(Arrival arrival, ArrivedItem item) => item.Event switch
    {
        MessageReceived m => new NewMessage(arrival, item, m.ExternalId, m.From, m.Content, m.At)
        {
            // A changed number is the network speaking, not the contact: it neither opens the window nor waits to be read.
            Author = m.Content is SystemContent ? MessageAuthor.System : MessageAuthor.Contact,
            Status = MessageStatus.Received,
            ReplyTo = m.ReplyTo is { } quoted ? Text.Clean(quoted) : null,
        }.With(m.Referral, m.Forwarded),
        MessageEchoed e => new NewMessage(arrival, item, e.ExternalId, e.To, e.Content, e.At)
        {
            Author = e.Origin is EchoOrigin.Automation or EchoOrigin.App || e.DeliveryId is not null ? MessageAuthor.System : MessageAuthor.Echo,
            Status = MessageStatus.Sent,
            ReplyTo = e.ReplyTo is { } quoted ? Text.Clean(quoted) : null,
            ByApp = e.Origin == EchoOrigin.App || e.DeliveryId is not null,
            SentElsewhere = e.DeliveryId is not null,
        }.With(null, false),
        _ => throw new InvalidOperationException($"{item.Event.GetType().Name} is not a message."),
    };

    private NewMessage With(Referral? referral, bool forwarded)
    {
        if (referral is null && !forwarded && !TimeReplaced && !Standby && !ByApp) return this;
        var extra = new JsonObject();
        if (referral is not null) extra["referral"] = JsonSerializer.SerializeToNode(referral, ContentJson.Default.Referral);
        if (forwarded) extra["forwarded"] = true;
        if (Standby) extra["standby"] = true;
        if (ByApp) extra[HeldEcho.ByApp] = true;
        if (SentElsewhere) extra[HeldEcho.SentElsewhere] = true;
        if (TimeReplaced) extra["time_replaced"] = true;
        Extra = Text.CleanJson(extra.ToJsonString());
        return this;
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>Where a person's messages on one account go, and how the person was last known there.</summary>
/// <param name="Picture">Where their picture is; "" when no webhook said so.</param>
internal sealed record Place(Guid ContactId, Guid ConversationId, string Name, string Phone, string Address, string Picture)
{
    public static readonly Place Nowhere = new(Guid.Empty, Guid.Empty, "", "", "", "");

    /// <summary>Whether what a message says about its person is what is stored.</summary>
    public bool Matches(Person person) =>
        Address == person.Address && (person.Phone is null || person.Phone == Phone) && (person.Name is null || person.Name == Name)
        && (person.Picture is null || person.Picture == Picture);
}
