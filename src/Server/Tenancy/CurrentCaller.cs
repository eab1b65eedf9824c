using ChatOperator.Hosting;

namespace ChatOperator.Tenancy;

/// <summary>Who makes a request, as authentication found out.</summary>
/// <param name="Tenant">The only tenant the request may see.</param>
/// <param name="OperatorId">The person; null for an API token.</param>
/// <param name="Name">Of the person or the token, for records and bubbles.</param>
/// <param name="IsPlatformAdministrator">Whether the caller may also manage tenants.</param>
/// <param name="Session">The cookie's session; null for an API token.</param>
public sealed record Caller(
    Guid Tenant, Guid? OperatorId, string Name, Role Role, bool IsPlatformAdministrator = false, byte[]? Session = null);

/// <summary>
/// The caller of the request at hand; one in each scope. The tenant comes from here and never from the request.
/// Everything fails closed with 401 while nobody is known.
/// </summary>
internal sealed class CurrentCaller
{
    private Caller? _caller;

    public bool IsKnown => _caller is not null;

    public Guid Tenant => Known.Tenant;

    /// <summary>The person; null for an API token.</summary>
    public Guid? OperatorId => Known.OperatorId;

    public string Name => Known.Name;

    public Role Role => Known.Role;

    public bool IsPlatformAdministrator => Known.IsPlatformAdministrator;

    /// <summary>The cookie's session; null for an API token.</summary>
    public byte[]? Session => Known.Session;

    /// <summary>Set once, by authentication.</summary>
    public void Set(Caller caller) => _caller = caller;

    private Caller Known => _caller ?? throw Problem.Unauthorized();
}
