using ChatOperator.Channels.Contract;
using ChatOperator.Tenancy;

namespace ChatOperator.Templates;

/// <summary>A text that the network approved, or may yet approve, in one language. The network's own words are kept as they are.</summary>
public sealed class Template : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Ours; <see cref="ExternalId"/> is the network's.</summary>
    public Guid Id { get; init; }

    /// <summary>Key of the channel whose catalogue it is from.</summary>
    public required string Channel { get; init; }

    /// <summary>The network's id of what owns the templates (a WhatsApp Business Account…): several accounts may share them.</summary>
    public required string OwnerKey { get; init; }

    public required string ExternalId { get; init; }
    public required string Name { get; set; }
    public required string Language { get; set; }
    public required string Status { get; set; }
    public required string Category { get; set; }
    public string? Quality { get; set; }

    /// <summary>Why it was rejected, or null.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether its variables go by name.</summary>
    public bool Named { get; set; }

    /// <summary>The network's description, a JSON array; unknown kinds included.</summary>
    public required string Components { get; set; }

    /// <summary>When we first saw it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last became different.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>As its channel understands it.</summary>
    internal NetworkTemplate ToNetwork() => new(ExternalId, Name, Language, Status, Category, Components, Named, Quality, Reason);
}

/// <summary>What became different about a template, and how we learned it.</summary>
public sealed class TemplateChange : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public Guid TemplateId { get; init; }
    public DateTimeOffset At { get; init; }
    public TemplateChangeSource Source { get; init; }

    /// <summary>A JSON array of <see cref="FieldChange"/>.</summary>
    public required string Fields { get; init; }
}

/// <summary>How we learned of a change.</summary>
public enum TemplateChangeSource { Sync, Webhook }

/// <summary>One difference.</summary>
/// <param name="Field">added | removed | status | category | quality | reason | name | header | body | footer | buttons | components.</param>
/// <param name="From">Before, as text; null when there was none.</param>
/// <param name="To">After.</param>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>All templates of one owner on one channel: when they were read, and when they are to be read again.</summary>
public sealed class TemplateCatalogue : ITenantOwned
{
    public Guid TenantId { get; init; }
    public required string Channel { get; init; }
    public required string OwnerKey { get; init; }

    /// <summary>When they were last read whole; null: never.</summary>
    public DateTimeOffset? SyncedAt { get; set; }

    /// <summary>When they are to be read; moves on when a node begins to.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Why the last reading failed, as a JSON SendFailure; null: it did not.</summary>
    public string? Failure { get; set; }

    /// <summary>Failed readings in a row.</summary>
    public int Failures { get; set; }
}
