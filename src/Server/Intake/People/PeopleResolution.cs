using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Intake.People;

/// <summary>
/// Finds or makes the contact and the conversation of each message. A person has several identities, any of which may be missing;
/// when a message shows that two contacts are one person they are merged, and the message is never the worse for it.
/// </summary>
internal sealed class PeopleResolution(KnownPeople known, TimeProvider time)
{
    private readonly List<(Guid Account, Person Person, Place Place)> _learned = [];

    /// <summary>Contacts that this batch makes.</summary>
    private readonly HashSet<Guid> _fresh = [];

    /// <summary>Who each merged contact turned out to be.</summary>
    private readonly Dictionary<Guid, Guid> _survivors = [];

    private readonly Dictionary<Guid, Place> _lastPlaces = [];

    /// <summary>Sets <see cref="NewMessage.Place"/> of all messages.</summary>
    /// <exception cref="LostRaceException">Try the batch again.</exception>
    public async Task ResolveAsync(IReadOnlyCollection<NewMessage> messages, IPeopleTables tables)
    {
        known.Age();
        var unknown = new List<NewMessage>();
        foreach (var message in messages)
            if (known.Find(message.Account.Id, message.Person) is { } place) message.Place = place;
            else unknown.Add(message);
        if (unknown.Count == 0) return;
        var (contacts, made) = await ContactsAsync(unknown, tables);
        await ConversationsAsync(unknown, contacts, tables);
        if (made.Count > 0) await tables.InsertContactsAsync([.. made.Select(AsLastKnown)]);
    }

    /// <summary>After the commit: what was learned is used from now on.</summary>
    public void Committed()
    {
        if (_survivors.Count > 0) known.Forget();
        foreach (var (account, person, place) in _learned) known.Remember(account, person, place);
    }

    /// <summary>The contact of each message, and those of them that are to be made.</summary>
    private async Task<(Guid[] Of, List<NewContact> Made)> ContactsAsync(List<NewMessage> messages, IPeopleTables tables)
    {
        var keys = messages.SelectMany(m => m.Person.Identities.Select(i => (m.Account.TenantId, Key(i)))).ToHashSet();
        var owners = await tables.FindContactsAsync(keys);
        var contacts = new List<NewContact>();
        var identities = new List<NewIdentity>();
        var of = new Guid[messages.Count];
        for (var i = 0; i < of.Length; i++)
        {
            var (tenant, person) = (messages[i].Account.TenantId, messages[i].Person);
            if (await OwnerAsync(tenant, person, owners, tables) is not { } owner)
            {
                owner = time.NewId();
                _fresh.Add(owner);
                contacts.Add(new NewContact(tenant, owner, Text.Clean(person.Name ?? ""), person.Phone ?? "", messages[i].Arrival.At));
            }
            of[i] = owner;
            foreach (var identity in person.Identities)
                if (owners.TryAdd((tenant, Key(identity)), owner))
                    identities.Add(new NewIdentity(tenant, Key(identity), owner, Text.Clean(identity.Value)));
        }
        if (_survivors.Count > 0)
        {
            // Earlier messages of the batch were given contacts that later ones proved to be somebody else.
            for (var i = 0; i < of.Length; i++) of[i] = SurvivorOf(of[i]);
            contacts.RemoveAll(c => _survivors.ContainsKey(c.Id));
            identities = identities.ConvertAll(i => i with { ContactId = SurvivorOf(i.ContactId) });
        }
        if (identities.Count > 0 && !await tables.InsertIdentitiesAsync([.. identities.OrderBy(i => i.TenantId).ThenBy(i => i.Key, StringComparer.Ordinal)]))
            throw new LostRaceException();
        return (of, contacts);
    }

    private Guid SurvivorOf(Guid contact)
    {
        while (_survivors.TryGetValue(contact, out var survivor)) contact = survivor;
        return contact;
    }

    /// <summary>The oldest contact that has one of the identities; others that have one are merged into it.</summary>
    private async Task<Guid?> OwnerAsync(Guid tenant, Person person, Dictionary<(Guid, string), Guid> owners, IPeopleTables tables)
    {
        Guid? first = null;
        HashSet<Guid>? all = null;
        foreach (var identity in person.Identities)
        {
            if (!owners.TryGetValue((tenant, Key(identity)), out var owner)) continue;
            if (first is null) first = owner;
            else if (owner != first) (all ??= [first.Value]).Add(owner);
        }
        if (all is null) return first;
        // A contact of this batch is not stored yet: it gives way whatever the clocks of two nodes say.
        var survivor = all.OrderBy(_fresh.Contains).ThenBy(c => c).First();
        foreach (var loser in all.Where(c => c != survivor))
        {
            if (!_fresh.Contains(loser)) await tables.MergeAsync(tenant, loser, survivor);
            _survivors[loser] = survivor;
            foreach (var key in owners.Where(o => o.Value == loser).Select(o => o.Key).ToList()) owners[key] = survivor;
        }
        return survivor;
    }

    private async Task ConversationsAsync(List<NewMessage> messages, Guid[] contacts, IPeopleTables tables)
    {
        var wanted = messages.Select((m, i) => (m.Account.TenantId, m.Account.Id, contacts[i])).ToHashSet();
        var places = await tables.FindConversationsAsync(wanted);
        var made = new Dictionary<(Guid, Guid), NewConversation>();
        var changed = new Dictionary<Guid, ChangedPlace>();
        for (var i = 0; i < contacts.Length; i++)
        {
            var (message, key) = (messages[i], (messages[i].Account.Id, contacts[i]));
            var place = places.TryGetValue(key, out var found) ? found : new Place(contacts[i], time.NewId(), "", "", message.Person.Address, "");
            var now = Now(place, message.Person);
            places[key] = message.Place = now;
            if (found is null || made.ContainsKey(key))
            {
                var source = message.Person.Source ?? message.Account.Channel.Info.ChannelSource;
                DateTimeOffset? profileDue = message.Account.Channel is IProfiles || now.Picture.Length > 0 ? message.Arrival.At : null;
                made[key] = new NewConversation(message.Account.TenantId, message.Account.Id, source, now, message.Arrival.At, profileDue);
            }
            else if (now != place) changed[now.ConversationId] = new ChangedPlace(message.Account.TenantId, now, message.Arrival.At);
        }
        // Later messages of one person may have changed the place that earlier ones were given; ids are the same.
        for (var i = 0; i < contacts.Length; i++)
        {
            var place = _lastPlaces[contacts[i]] = places[(messages[i].Account.Id, contacts[i])];
            _learned.Add((messages[i].Account.Id, Clean(messages[i].Person), place));
        }
        if (made.Count > 0 && !await tables.InsertConversationsAsync(made.Values)) throw new LostRaceException();
        if (changed.Count > 0) await tables.UpdateAsync([.. changed.Values.OrderBy(c => c.TenantId).ThenBy(c => c.Place.ConversationId)]);
    }

    /// <summary>A new contact is stored as the last message of its batch knows it.</summary>
    private NewContact AsLastKnown(NewContact contact) =>
        _lastPlaces.TryGetValue(contact.Id, out var place) ? contact with { Name = place.Name, Phone = place.Phone } : contact;

    private static Place Now(Place place, Person person) => place with
    {
        Name = person.Name is { Length: > 0 } name ? Text.Clean(name) : place.Name,
        Phone = person.Phone is { Length: > 0 } phone ? phone : place.Phone,
        Address = person.Address,
        Picture = person.Picture is { Length: > 0 } picture ? Text.Clean(picture) : place.Picture,
    };

    private static Person Clean(Person person) => person with { Identities = [.. person.Identities.Select(i => i with { Key = Key(i) })] };

    private static string Key(Identity identity) => Text.Clean(identity.Key);
}
