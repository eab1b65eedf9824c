using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>How a person on WhatsApp is put together from the ids and the profile that come with an item.</summary>
/// <remarks>
/// Any id may be missing: people with a username come without a phone. Identities are ordered phone, business-scoped id (BSUID),
/// parent id: the phone is the same on every account of every business, while a BSUID belongs to one business portfolio and is drawn
/// anew when its owner changes number.
/// </remarks>
internal static class Persons
{
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
}
