using System.Globalization;
using ChatOperator.Changes;

namespace ChatOperator.Outbox;

/// <summary>What the change log says about turns.</summary>
internal static class LaneChanges
{
    public static List<(Guid Tenant, string Kind, string Entity, Guid? Conversation)> Of(IReadOnlyList<LaneTurn> turns)
    {
        var entries = new List<(Guid, string, string, Guid?)>();
        foreach (var turn in turns)
        {
            // At most two deliveries, often parts of one message.
            for (var i = 0; i < turn.Told.Count; i++)
                if (i == 0 || turn.Told[i].MessageId != turn.Told[i - 1].MessageId)
                    entries.Add((turn.Key.Tenant, ChangeKind.Message, turn.Told[i].MessageId.ToString(CultureInfo.InvariantCulture), turn.Key.Conversation));
            if (turn.PauseReason is not null && turn.Account is { } account)
                entries.Add((turn.Key.Tenant, ChangeKind.ChannelAccount, account.Id.ToString(), null));
        }
        return entries;
    }
}
