using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Intake.Singles;
using ChatOperator.Templates;
using ChatOperator.Templates.Consent;

namespace ChatOperator.Intake;

/// <summary>
/// What one commit has to do, sorted by kind. Planning touches no database; applying fills in ids and concludes the items.
/// </summary>
internal sealed class Batch
{
    private Batch(IReadOnlyList<Arrival> arrivals) => Arrivals = arrivals;

    public IReadOnlyList<Arrival> Arrivals { get; }

    /// <summary>What contacts wrote and what people sent outside this product, each message id once.</summary>
    public List<NewMessage> Messages { get; } = [];

    /// <summary>Messages of our accounts that came back from networks that do not say who sent them.</summary>
    public List<NewMessage> Unsure { get; } = [];

    /// <summary>Those of them that no delivery of ours explains; known once the reports are applied.</summary>
    public IEnumerable<NewMessage> Unexplained => Unsure.Where(e => !(e.SentElsewhere && e.Item.MessageId is not null));

    /// <summary>Everything whose person must be known before it is written.</summary>
    public IReadOnlyCollection<NewMessage> Spoken => Unsure.Count == 0 ? Messages : [.. Messages, .. Unsure];

    /// <summary>Lanes whose open send an echo answered.</summary>
    public List<(Guid Tenant, Guid Conversation, Guid Account)> Settled { get; } = [];

    /// <summary>How far our sends came; of several about one send only the highest.</summary>
    public List<Report> Reports { get; } = [];

    /// <summary>Reports by time: how far everything came that was sent to a person until then.</summary>
    public List<WatermarkReport> Watermarks { get; } = [];

    /// <summary>Reports that found no delivery of ours.</summary>
    public List<Report> Parked => Reports.FindAll(r => r.Delivery is null);

    /// <summary>Everything that is applied one by one: edits, reactions, contact changes…</summary>
    public List<SingleEvent> Singles { get; } = [];

    /// <summary>What each conversation with new messages looks like afterwards.</summary>
    public IEnumerable<ConversationUpdate> ConversationUpdates() =>
        Messages.Where(m => m.IsNew).GroupBy(m => m.Place.ConversationId).Select(ConversationUpdate.Of);

    /// <summary>The files of new messages whose bytes are still at the network.</summary>
    public IEnumerable<NewFile> NewFiles() => Messages.Where(m => m.IsNew).SelectMany(m => m.Files).Where(f => !f.AlreadyHere && !f.Message.TakenBack);

    /// <summary>The files of new messages that their contacts uploaded here.</summary>
    public IEnumerable<NewFile> UploadedFiles() => Messages.Where(m => m.IsNew).SelectMany(m => m.Files).Where(f => f.AlreadyHere);

    /// <summary>Before another try: what a transaction that was rolled back had found out no longer holds.</summary>
    public void StartOver()
    {
        foreach (var message in Spoken) message.StartOver();
        foreach (var report in Reports) report.StartOver();
        foreach (var mark in Watermarks) mark.StartOver();
        foreach (var single in Singles) single.StartOver();
        Settled.Clear();
    }

    public static Batch Plan(IReadOnlyList<Arrival> arrivals)
    {
        var batch = new Batch(arrivals);
        var messages = new Dictionary<(Guid, string), NewMessage>();
        var reports = new Dictionary<(Guid, string), Report>();
        foreach (var arrival in arrivals)
            foreach (var item in arrival.Items)
            {
                item.Reset();
                if (item.Account is null) item.Conclude(Verdict.Unrouted, item.RoutingReason);
                else batch.Add(arrival, item, messages, reports);
            }
        batch.Reports.AddRange(reports.Values);
        return batch;
    }

    private void Add(
        Arrival arrival, ArrivedItem item, Dictionary<(Guid, string), NewMessage> messages, Dictionary<(Guid, string), Report> reports)
    {
        switch (item.Event)
        {
            case Anomalous anomalous: item.Conclude(Verdict.Anomalous, anomalous.Why); break;
            case Unsupported unsupported: item.Conclude(Verdict.Unsupported, unsupported.Kind); break;
            case MessageEchoed { DeliveryId: { } own } echo:
                AddReport(Report.OfOwnEcho(arrival, item, echo, own), reports);
                // Another installation on the same page marks its messages as we do: what no delivery of ours explains is an app's word.
                if (echo.Origin == EchoOrigin.Unknown) Unsure.Add(NewMessage.Of(arrival, item));
                break;
            case DeliveryReported { UpTo: null, AndEarlier: false } reported:
                AddReport(Report.Of(arrival, item, reported), reports);
                if (reported.Failure is { } failure && Refusals.Teach(failure)) Singles.Add(new SingleEvent(arrival, item));
                break;
            case DeliveryReported mark when mark is not { UpTo: null, AndEarlier: false }: Watermarks.Add(WatermarkReport.Of(arrival, item, mark)); break;
            case MessageEchoed { Origin: EchoOrigin.Unknown or EchoOrigin.App }: Unsure.Add(NewMessage.Of(arrival, item)); break;
            case MessageReceived or MessageEchoed: AddMessage(NewMessage.Of(arrival, item), messages); break;
            default: Singles.Add(new SingleEvent(arrival, item)); break;
        }
    }

    private void AddMessage(NewMessage message, Dictionary<(Guid, string), NewMessage> messages)
    {
        if (!messages.TryAdd((message.Account.Id, message.ExternalId), message))
        {
            message.Item.Conclude(Verdict.Duplicate);
            return;
        }
        Messages.Add(message);
        if (message is { Inbound: true, Type: "text" or "interactive" } && ConsentKeywords.Find(message.Words, out _))
            Singles.Add(new SingleEvent(message.Arrival, message.Item));
    }

    /// <summary>Of several reports about one send the highest is written; the others are passed over, not lost: it implies them.</summary>
    private static void AddReport(Report report, Dictionary<(Guid, string), Report> reports)
    {
        var key = (report.Account.Id, report.ExternalId);
        if (!reports.TryGetValue(key, out var other)) reports.Add(key, report);
        else if (report.Status.Outranks(other.Status))
        {
            report.Imply(other);
            reports[key] = report;
        }
        else if (report.Status == other.Status) other.Repeat(report);
        else other.Imply(report);
    }
}

/// <summary>An event applied one by one, through the model.</summary>
internal sealed record SingleEvent(Arrival Arrival, ArrivedItem Item)
{
    public ChannelAccounts.ConnectedAccount Account => Item.Account!;

    /// <summary>The message that it changes, by the network's id, and how; null when it is about something else.</summary>
    public (string Id, TargetChange Change)? Target { get; } = TargetChange.Of(Arrival, Item.Event);

    /// <summary>The message's conversation, as far as it is known.</summary>
    public Guid? ConversationId { get; set; }

    /// <summary>The conversation changed hands by it.</summary>
    public bool NewHolder { get; set; }

    /// <summary>Before another try of the commit.</summary>
    public void StartOver()
    {
        Item.Reset();
        (ConversationId, NewHolder) = (null, false);
    }
}
