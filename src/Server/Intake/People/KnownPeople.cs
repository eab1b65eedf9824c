using ChatOperator.Channels.Contract;

namespace ChatOperator.Intake.People;

/// <summary>
/// Where the messages of known people go, kept in memory so that a known contact costs no look-up. A hint, written only after a commit;
/// used by the one writer of the node.
/// </summary>
/// <remarks>
/// Two generations: when the younger is full, or old enough, it becomes the elder and the elder is forgotten. So memory is bounded
/// without ever starting from nothing, and what another node merged meanwhile is seen within minutes.
/// </remarks>
internal sealed class KnownPeople(TimeProvider time)
{
    /// <summary>About 50 MB for each of the two.</summary>
    private const int Most = 150_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private Dictionary<(Guid Account, string Key), Place> _young = [];
    private Dictionary<(Guid Account, string Key), Place> _elder = [];
    private long _since = time.GetTimestamp();

    /// <summary>The place, when all the person's identities lead there and it says what the person's message says.</summary>
    public Place? Find(Guid account, Person person)
    {
        Place? place = null;
        foreach (var identity in person.Identities)
        {
            if (!_young.TryGetValue((account, identity.Key), out var known) && !_elder.TryGetValue((account, identity.Key), out known)) return null;
            if (place is not null && place.ConversationId != known.ConversationId) return null;
            place = known;
        }
        return place is not null && place.Matches(person) ? place : null;
    }

    public void Remember(Guid account, Person person, Place place)
    {
        foreach (var identity in person.Identities) _young[(account, identity.Key)] = place;
    }

    /// <summary>Lets the elder generation go when it is time. Before each batch.</summary>
    public void Age()
    {
        if (_young.Count < Most && time.GetElapsedTime(_since) < Longest) return;
        (_elder, _young, _since) = (_young, [], time.GetTimestamp());
    }

    public void Forget()
    {
        _young.Clear();
        _elder.Clear();
    }
}
