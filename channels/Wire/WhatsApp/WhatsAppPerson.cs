using System.Text.RegularExpressions;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Whom somebody means who types in a WhatsApp number, or the id by which WhatsApp knows a person without one.</summary>
internal static partial class WhatsAppPerson
{
    public static Person? Of(string written)
    {
        written = written.Trim();
        return UserId().IsMatch(written) ? Persons.Compose(null, written, null) : Persons.Compose(PhoneNumber.Digits(written), null, null);
    }

    /// <summary>A country, a dot and letters or digits, as in AR.24681357902468.</summary>
    [GeneratedRegex(@"^[A-Z]{2}\.[A-Za-z0-9.]{4,135}$")]
    private static partial Regex UserId();
}
