using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>The contacts list that comes beside messages, and how a person is put together from it and the item's own fields.</summary>
/// <remarks>
/// Any id may be missing: people with a username come without a phone, failed statuses and number changes come without contacts.
/// Identities are ordered phone, business-scoped id (BSUID), parent id: the phone is the same on every account of every business,
/// while a BSUID belongs to one business portfolio and is drawn anew when its owner changes number.
/// </remarks>
internal readonly struct ContactBook
{
    private readonly JsonElement _only;
    private readonly Dictionary<string, JsonElement>? _many;

    private ContactBook(JsonElement only, Dictionary<string, JsonElement>? many)
    {
        _only = only;
        _many = many;
    }

    public static ContactBook Of(JsonElement value)
    {
        var contacts = value.Get("contacts"u8);
        if (contacts.ValueKind != JsonValueKind.Array || contacts.GetArrayLength() == 0) return default;
        if (contacts.GetArrayLength() == 1) return new ContactBook(contacts.First(), null);

        var many = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var contact in contacts.EnumerateArray())
        {
            if (contact.Id("wa_id"u8) is { } phone) many.TryAdd(phone, contact);
            if (contact.Id("user_id"u8) is { } user) many.TryAdd(user, contact);
        }

        return new ContactBook(default, many);
    }

    /// <summary>The person with these ids, completed from the book; null when nothing names them.</summary>
    public Person? Find(string? phone, string? user, string? parent)
    {
        var contact = Lookup(phone, user);
        return Compose(
            phone ?? contact.Id("wa_id"u8),
            user ?? contact.Id("user_id"u8),
            parent ?? contact.Id("parent_user_id"u8),
            contact.Get("profile"u8));
    }

    /// <summary>A person from ids alone; null when none of them is one.</summary>
    public static Person? Compose(string? phone, string? user, string? parent, JsonElement profile = default)
    {
        var digits = PhoneNumber.Digits(phone);
        if (user is { Length: > 180 }) user = null;
        if (parent is { Length: > 180 }) parent = null;
        var count = (digits is null ? 0 : 1) + (user is null ? 0 : 1) + (parent is null ? 0 : 1);
        if (count == 0) return null;

        var identities = new Identity[count];
        var next = 0;
        if (digits is not null) identities[next++] = new Identity(PhoneNumber.Key(digits), phone!);
        if (user is not null) identities[next++] = new Identity("bsuid:" + user, user);
        if (parent is not null) identities[next] = new Identity("pbsuid:" + parent, parent);

        var dialled = digits is null ? null : "+" + digits;
        return new Person(identities, dialled ?? user ?? parent!, profile.Words("name"u8), dialled, profile.Words("username"u8)?.TrimStart('@'));
    }

    private JsonElement Lookup(string? phone, string? user)
    {
        if (_many is not null)
        {
            return phone is not null && _many.TryGetValue(phone, out var contact) ? contact
                : user is not null && _many.TryGetValue(user, out contact) ? contact
                : default;
        }

        // A single contact is the sender, unless it says that it is somebody else.
        if (_only.Id("user_id"u8) is { } id && user is not null) return id == user ? _only : default;
        return phone is null || _only.Id("wa_id"u8) is not { } known || known == phone ? _only : default;
    }
}
