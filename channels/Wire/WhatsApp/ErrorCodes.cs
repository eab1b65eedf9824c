using System.Collections.Frozen;
using ChatOperator.Channels.Contract;
using static ChatOperator.Channels.Contract.FailureReaction;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>
/// WhatsApp's error codes as data: what each means here and what the outbox does about it. Only the code counts; HTTP statuses,
/// sub-codes and texts vary (rate limits come as 400). The same code may come in the answer, in a status, or both.
/// </summary>
internal static class ErrorCodes
{
    private static readonly FrozenDictionary<long, (string Code, FailureReaction Reaction)> ByCode = Table(
        ("token_expired", PauseAccount, [0, 190]),
        ("permission_missing", PauseAccount, [3, 10, 131005]),
        ("account_not_found", PauseAccount, [33]),
        ("account_not_registered", PauseAccount, [131045, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016]),
        ("account_limited", PauseAccount, [131037, 131042, 131044]),
        ("account_limited", SlowAccount, [131048]),
        ("account_limited", Stop, [131064]),
        ("policy_blocked", PauseAccount, [368, 131031]),
        ("policy_blocked", Stop, [130497, 134011, 134100]),
        ("network_unavailable", RetryOnce, [1]),
        ("network_unavailable", Retry, [2, 131000, 131016, 131057, 132069, 133004]),
        ("rate_limited_account", SlowAccount, [4, 80007, 130429]),
        ("rate_limited_pair", PauseRecipient, [131056]),
        ("window_expired", Stop, [131047]),
        ("recipient_not_registered", Stop, [131026]),
        ("recipient_not_allowed", Stop, [131030]),
        ("recipient_limited", Stop, [130472, 131049]),
        ("recipient_phone_required", Stop, [131062]),
        ("opted_out", Stop, [131050]),
        ("template_not_approved", Stop, [131063, 132001, 132007, 132015, 132016, 132068, 134101, 134102]),
        ("template_parameter_invalid", Stop, [132000, 132005, 132008, 132012, 132018]),
        ("media_rejected", Stop, [131052, 131053]),
        ("invalid_message", Stop, [100, 131008, 131009, 131020, 131021, 131041, 131051, 131055, 131060, 135000, 137000]));

    /// <summary>Our stable word for a code, and what to do.</summary>
    public static (string Code, FailureReaction Reaction) Classify(long code) =>
        ByCode.TryGetValue(code, out var known) ? known : code switch
        {
            >= 200 and <= 299 => ("permission_missing", PauseAccount),
            >= 131200 and <= 131299 => ("invalid_message", Stop),
            >= 132000 and <= 132999 => ("template_parameter_invalid", Stop),
            _ => ("unknown_failure", Stop),
        };

    /// <summary>The least wait that the network documents for a code when its answer names none.</summary>
    public static TimeSpan? LeastWait(long? code) => code switch
    {
        131057 => TimeSpan.FromMinutes(1),
        131048 => TimeSpan.FromMinutes(15),
        _ => null,
    };

    private static FrozenDictionary<long, (string Code, FailureReaction Reaction)> Table(
        params ReadOnlySpan<(string Code, FailureReaction Reaction, long[] Codes)> rows)
    {
        var table = new Dictionary<long, (string, FailureReaction)>();
        foreach (var (code, reaction, codes) in rows)
        {
            foreach (var number in codes) table.Add(number, (code, reaction));
        }

        return table.ToFrozenDictionary();
    }
}
