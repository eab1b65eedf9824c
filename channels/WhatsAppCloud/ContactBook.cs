using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>The contacts list that comes beside messages, and how a person is put together from it and the item's own fields.</summary>
/// <remarks>Any of it may be missing: failed statuses and number changes come without contacts.</remarks>
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
        return Persons.Compose(
            phone ?? contact.Id("wa_id"u8),
            user ?? contact.Id("user_id"u8),
            parent ?? contact.Id("parent_user_id"u8),
            contact.Get("profile"u8));
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
