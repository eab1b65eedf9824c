using System.Text;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;

namespace ChatOperator.Outbox;

/// <summary>What an operator sends besides words and files: choices to tap, a place, address-book cards.</summary>
internal static class SpecialContent
{
    private const int MostCards = 20, LongestName = 200;

    /// <summary>Null: the request is words and files.</summary>
    /// <exception cref="Problem">400 with what does not fit the channel.</exception>
    public static Content? Of(SendRequest request, ConnectedAccount account)
    {
        var given = (request.Choices is { Count: > 0 } ? 1 : 0) + (request.Location is null ? 0 : 1) + (request.Contacts is { Count: > 0 } ? 1 : 0);
        if (given == 0) return null;
        if (given > 1 || request.Attachments is { Count: > 0 })
            throw Problem.Invalid("choices, location, contacts and attachments cannot go in one message.", "Send them one after the other.");
        if (request.Choices is { Count: > 0 } choices) return Choices(request, choices, account);
        if (!string.IsNullOrWhiteSpace(request.Message))
            throw Problem.Invalid("A location or contacts go without words.", "Send the words as a message of their own.");
        return request.Location is { } place ? Location(place, account) : Contacts(request.Contacts!, account);
    }

    private static ChoicesContent Choices(SendRequest request, IReadOnlyList<SendChoice> choices, ConnectedAccount account)
    {
        if (account.Can.Choices is not { } can) throw NotHere(account, "choices");
        if (string.IsNullOrWhiteSpace(request.Message)) throw Problem.Invalid("message: choices stand below words.", "Say what the choices are about.");
        if (LengthOf(request.Message, account) > can.MaxBody) throw Problem.Invalid($"message: with choices, at most {can.MaxBody} characters.");
        if (choices.Count > can.Most) throw Problem.Invalid($"choices: at most {can.Most} on this channel.");
        if (request.ChoicesButton?.Length > can.MaxTitle) throw Problem.Invalid($"choices_button: at most {can.MaxTitle} characters.");
        var all = choices.Select(c => new Choice(c.Id is { Length: > 0 } id ? id : c.Title, c.Title, string.IsNullOrWhiteSpace(c.Description) ? null : c.Description)).ToList();
        if (all.Exists(c => string.IsNullOrWhiteSpace(c.Title) || c.Title.Length > can.MaxTitle)) throw Problem.Invalid($"choices: titles have 1 to {can.MaxTitle} characters.");
        if (all.Exists(c => c.Id.Length > can.MaxId)) throw Problem.Invalid($"choices: ids have at most {can.MaxId} characters.");
        if (all.Exists(c => c.Description?.Length > can.MaxDescription))
            throw Problem.Invalid(can.MaxDescription == 0 ? "choices: this channel shows no descriptions." : $"choices: descriptions have at most {can.MaxDescription} characters.");
        if (all.DistinctBy(c => c.Title).Count() < all.Count || all.DistinctBy(c => c.Id).Count() < all.Count)
            throw Problem.Invalid("choices: titles and ids must differ from one another.");
        return new ChoicesContent(request.Message, all, request.ChoicesButton);
    }

    private static LocationContent Location(SendLocation place, ConnectedAccount account)
    {
        if (!account.Can.Locations) throw NotHere(account, "a location");
        if (place is not { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 })
            throw Problem.Invalid("location: latitude is from -90 to 90, longitude from -180 to 180.");
        if (place.Name?.Length > LongestName || place.Place?.Length > LongestName) throw Problem.Invalid($"location: name and place have at most {LongestName} characters.");
        return new LocationContent(place.Latitude, place.Longitude, place.Name, place.Place);
    }

    private static ContactsContent Contacts(IReadOnlyList<SendContact> cards, ConnectedAccount account)
    {
        if (!account.Can.ContactCards) throw NotHere(account, "contacts");
        if (cards.Count > MostCards) throw Problem.Invalid($"contacts: at most {MostCards} at once.");
        if (cards.Any(c => string.IsNullOrWhiteSpace(c.Name) || c.Name.Length > LongestName)) throw Problem.Invalid($"contacts: names have 1 to {LongestName} characters.");
        if (cards.Any(c => c.Phone is null && c.Email is null)) throw Problem.Invalid("contacts: each needs a phone or an email.");
        return new ContactsContent([.. cards.Select(c => new ContactCard(c.Name, c.Phone, c.Email, c.Organization))]);
    }

    private static int LengthOf(string text, ConnectedAccount account) =>
        account.Can.TextUnit == TextUnit.Utf8Bytes ? Encoding.UTF8.GetByteCount(text) : text.EnumerateRunes().Count();

    private static Problem NotHere(ConnectedAccount account, string what) => new(
        400, "not_on_this_channel", $"{account.Channel.Info.Name} cannot send {what}.", "Say it in words. What a channel can do is in GET /admin/channel-accounts/schema.");
}
