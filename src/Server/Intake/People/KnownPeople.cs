using ChatOperator.Channels.Contract;

namespace ChatOperator.Intake.People;

/// <summary>
/// Where the messages of known people go, kept in memory so that a known contact costs no look-up. A hint, written only after a commit;
/// used by the one writer of the node.
/// </summary>
internal sealed class KnownPeople
{
    /// <summary>About 100 MB when full; then it starts anew.</summary>
    private const int Most = 300_000;

    private readonly Dictionary<(Guid Account, string Key), Place> _places = [];

    /// <summary>The place, when all the person's identities lead there and it says what the person's message says.</summary>
    public Place? Find(Guid account, Person person)
    {
        Place? place = null;
        foreach (var identity in person.Identities)
        {
            if (!_places.TryGetValue((account, identity.Key), out var known)) return null;
            if (place is not null && place.ConversationId != known.ConversationId) return null;
            place = known;
        }
        return place is not null && place.Matches(person) ? place : null;
    }

    public void Remember(Guid account, Person person, Place place)
    {
        if (_places.Count >= Most) _places.Clear();
        foreach (var identity in person.Identities) _places[(account, identity.Key)] = place;
    }

    public void Forget() => _places.Clear();
}
