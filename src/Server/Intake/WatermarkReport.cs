using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Hosting;

namespace ChatOperator.Intake;

/// <summary>Everything sent to a person until a time, or up to a message, was delivered, or read.</summary>
internal sealed class WatermarkReport
{
    private WatermarkReport(Arrival arrival, ArrivedItem item, DeliveryReported told)
    {
        (Arrival, Item, Account, Status) = (arrival, item, item.Account!, MessageStatusRank.Of(told.Status));
        Address = told.Address is { } address ? Text.Clean(address) : null;
        LastExternalId = told.AndEarlier ? Text.Clean(told.ExternalId) : null;
        // Of a message that is not known yet: whoever read it had the chat open, with all that came before.
        Until = (told.UpTo ?? told.At ?? arrival.At).ToMilliseconds();
    }

    public Arrival Arrival { get; }
    public ArrivedItem Item { get; }
    public ConnectedAccount Account { get; }
    public MessageStatus Status { get; }

    /// <summary>The person.</summary>
    public string? Address { get; }

    /// <summary>The last message that it speaks of, instead of a time.</summary>
    public string? LastExternalId { get; }

    public DateTimeOffset Until { get; private set; }
    public Guid? ConversationId { get; private set; }

    /// <summary>The messages that it moves on.</summary>
    public List<long> Messages { get; } = [];

    /// <summary>It is about this conversation.</summary>
    /// <param name="until">When the network took its last message, when it goes by that.</param>
    public void Found(Guid conversation, DateTimeOffset? until) => (ConversationId, Until) = (conversation, until ?? Until);

    public void Conclude()
    {
        Item.ConversationId = ConversationId;
        if (Messages.Count > 0) Item.MessageId = Messages[^1];
        if (ConversationId is null) Item.Conclude(Verdict.Unsupported, "conversation_unknown");
        else Item.Conclude(Messages.Count > 0 ? Verdict.Applied : Verdict.Duplicate);
    }

    /// <summary>Before another try of the commit.</summary>
    public void StartOver()
    {
        Messages.Clear();
        Item.Reset();
    }

    public static WatermarkReport Of(Arrival arrival, ArrivedItem item, DeliveryReported told) => new(arrival, item, told);
}

/// <summary>The statements about watermarks, in words that both databases understand.</summary>
/// <param name="p">What the database puts before a parameter's number.</param>
internal sealed class WatermarkSql(string p, string forUpdate)
{
    /// <summary>In words of the index that finds it.</summary>
    public string ConversationOfPerson => $"""
        SELECT id FROM conversation WHERE tenant_id = {p}1 AND account_id = {p}2 AND address = {p}3 AND channel_source <> '{Conversation.CommonestSource}' LIMIT 1
        """;

    /// <summary>The conversation of a message, and when the network took it.</summary>
    public string ConversationOfMessage => $"""
        SELECT m.conversation_id, coalesce(a.ended_at, m.at) FROM external_id e
        JOIN message m ON m.tenant_id = e.tenant_id AND m.id = e.message_id
        LEFT JOIN delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
        LEFT JOIN delivery_attempt a ON a.tenant_id = d.tenant_id AND a.id = d.attempt_id
        WHERE e.tenant_id = {p}1 AND e.account_id = {p}2 AND e.id = {p}3
        """;

    /// <summary>
    /// The messages that a mark moves on: of ours those that the network had taken by then; of what people sent outside those of that time, from
    /// the last mark on. Parameters: tenant, conversation, the time, the time with the answer's lag.
    /// </summary>
    public string Messages(MessageStatus status) => $"""
        SELECT m.id FROM message m WHERE m.tenant_id = {p}1 AND m.id IN (
            SELECT d.message_id FROM delivery d JOIN delivery_attempt a ON a.tenant_id = d.tenant_id AND a.id = d.attempt_id
            WHERE d.tenant_id = {p}1 AND d.conversation_id = {p}2 AND d.may_be_marked AND {Open("d", status)} AND {Taken}
            UNION SELECT e.id FROM message e JOIN conversation c ON c.tenant_id = e.tenant_id AND c.id = e.conversation_id
            WHERE e.tenant_id = {p}1 AND e.conversation_id = {p}2 AND e.author IN ('echo', 'system') AND {Open("e", status)}
                AND e.at <= {p}3 AND (c.{Column(status)} IS NULL OR e.at > c.{Column(status)}))
        ORDER BY m.id {forUpdate}
        """;

    /// <summary>The mark never goes back. Parameters: tenant, conversation, the time.</summary>
    public string Advance(MessageStatus status) => $"""
        UPDATE conversation SET {Column(status)} = {p}3 WHERE tenant_id = {p}1 AND id = {p}2 AND ({Column(status)} IS NULL OR {Column(status)} < {p}3)
        """;

    /// <summary>Parameters as of <see cref="Messages"/>.</summary>
    public string AdvanceDeliveries(MessageStatus status) => $"""
        UPDATE delivery SET status = '{Db.Word.Of(status)}', {Tick(status)} = coalesce({Tick(status)}, {p}3) WHERE tenant_id = {p}1 AND conversation_id = {p}2 AND may_be_marked AND {Open("delivery", status)} AND EXISTS (
            SELECT 1 FROM delivery_attempt a WHERE a.tenant_id = delivery.tenant_id AND a.id = delivery.attempt_id AND {Taken})
        """;

    /// <summary>Parameters: tenant, message.</summary>
    public string AdvanceMessage(MessageStatus status) => $"""
        UPDATE message AS m SET status = CASE WHEN m.author IN ('echo', 'system') THEN '{Db.Word.Of(status)}' ELSE {Outbox.MessageStatusSql.OfParts} END
        WHERE m.tenant_id = {p}1 AND m.id = {p}2
        """;

    /// <summary>A message from outside that was seen before it came here. Parameters: tenant, message.</summary>
    public string CatchUp => $"""
        UPDATE message SET status = (SELECT CASE WHEN message.at <= c.read_until THEN 'read' ELSE 'delivered' END FROM conversation c
            WHERE c.tenant_id = message.tenant_id AND c.id = message.conversation_id)
        WHERE tenant_id = {p}1 AND id = {p}2 AND status IN ('sent', 'delivered') AND EXISTS (
            SELECT 1 FROM conversation c WHERE c.tenant_id = message.tenant_id AND c.id = message.conversation_id
                AND (message.at <= c.read_until OR (message.status = 'sent' AND message.at <= c.delivered_until)))
        """;

    private string Taken => $"a.started_at <= {p}3 AND coalesce(a.ended_at, a.started_at) <= {p}4";

    private static string Open(string table, MessageStatus status) =>
        status == MessageStatus.Delivered ? $"{table}.status = 'sent'" : $"{table}.status IN ('sent', 'delivered')";

    private static string Tick(MessageStatus status) => status == MessageStatus.Delivered ? "delivered_at" : "read_at";

    private static string Column(MessageStatus status) => status == MessageStatus.Delivered ? "delivered_until" : "read_until";
}
