using ChatOperator.Tenancy;

namespace ChatOperator.Contacts;

/// <summary>
/// That a contact wanted a kind of message, or wanted no more of it: when, by which way, and who noted it. Never changed; the newest of a
/// category counts, so the history stays.
/// </summary>
public sealed class ConsentRecord : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public Guid ContactId { get; init; }

    /// <summary>What it is about: a template category in lower case, e.g. marketing.</summary>
    public required string Category { get; init; }

    public bool OptedIn { get; init; }

    /// <summary>When the contact said it, as far as it is known.</summary>
    public DateTimeOffset At { get; init; }
    public ConsentSource Source { get; init; }

    /// <summary>The operator who noted it; null when nobody did.</summary>
    public string? By { get; init; }

    /// <summary>The contact's word, the network's, or the operator's note.</summary>
    public string Detail { get; init; } = "";
}

/// <summary>How we know.</summary>
public enum ConsentSource
{
    /// <summary>The contact wrote a word such as STOP or BAJA.</summary>
    Keyword,

    /// <summary>The contact set it in the network's own app.</summary>
    Preference,

    /// <summary>The network refused a message for it.</summary>
    Refusal,

    /// <summary>An operator noted it.</summary>
    Operator,
}
