namespace ChatOperator.Channels.Contract;

/// <summary>
/// One key for all spellings of a phone number. Networks and people write some countries' mobile numbers with or without an extra digit,
/// and the same person may come under either. The key finds them; what is sent to is always the spelling that was received.
/// </summary>
public static class PhoneNumber
{
    /// <summary>Shortest and longest number of ITU-T E.164, country code included, without "+".</summary>
    private const int MinDigits = 5, MaxDigits = 15;

    /// <summary>The digits of a number with its country code; "+", spaces, dots, dashes and brackets are dropped. Null when it is no number.</summary>
    public static string? Digits(string? written)
    {
        if (written is null || written.Length > 40) return null;
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        foreach (var character in written)
        {
            if (char.IsAsciiDigit(character))
            {
                if (count == MaxDigits) return null;
                digits[count++] = character;
            }
            else if (character is not ('+' or ' ' or '-' or '.' or '(' or ')' or '\u00a0'))
            {
                return null;
            }
        }

        if (count < MinDigits || digits[0] == '0') return null;
        return count == written.Length ? written : new string(digits[..count]);
    }

    /// <summary>
    /// The identity of a number, or null when it is none: <c>phone:</c> and the digits in the one spelling chosen for its country.
    /// </summary>
    public static Identity? Identify(string? written) =>
        Digits(written) is { } digits ? new Identity(Key(digits), written!) : null;

    /// <summary>The key for digits that <see cref="Digits"/> has returned.</summary>
    /// <remarks>
    /// Brazil: the ninth digit of mobiles is added. Mexico: the 1 after 52, dropped by the country in 2019, is dropped. Argentina: the 9
    /// after 54, which marks mobiles from abroad, is added. A landline can so fall on one key with a mobile of the same last digits; both
    /// writing to one business is far rarer than one person coming under two spellings, and replies go to the spelling received anyway.
    /// </remarks>
    internal static string Key(string digits) => digits switch
    {
        ['5', '5', _, _, ..] when digits.Length == 12 => string.Concat("phone:", digits.AsSpan(0, 4), "9", digits.AsSpan(4)),
        ['5', '2', '1', ..] when digits.Length == 13 => string.Concat("phone:52", digits.AsSpan(3)),
        ['5', '4', not '9', ..] when digits.Length == 12 => string.Concat("phone:549", digits.AsSpan(2)),
        _ => string.Concat("phone:", digits),
    };
}
