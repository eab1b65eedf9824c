using ChatOperator.Db;
using Microsoft.AspNetCore.Authorization;

namespace ChatOperator.Tenancy;

/// <summary>Who may: said once on each route group, as <c>group.RequireAuthorization(Access.Write)</c>.</summary>
internal static class Access
{
    /// <summary>Viewers, operators and owners.</summary>
    public const string Read = "read";

    /// <summary>Operators and owners.</summary>
    public const string Write = "write";

    /// <summary>Owners.</summary>
    public const string Manage = "manage";

    /// <summary>Programs with a service token; operators and owners too.</summary>
    public const string Relay = "relay";

    /// <summary>Platform administrators.</summary>
    public const string Platform = "platform";

    /// <summary>The claim that a platform administrator has.</summary>
    public const string PlatformClaim = "platform_administrator";

    public static void AddPolicies(AuthorizationBuilder policies) => policies
        .AddPolicy(Read, p => p.RequireRole(Words(Role.Viewer, Role.Operator, Role.Owner)))
        .AddPolicy(Write, p => p.RequireRole(Words(Role.Operator, Role.Owner)))
        .AddPolicy(Manage, p => p.RequireRole(Words(Role.Owner)))
        .AddPolicy(Relay, p => p.RequireRole(Words(Role.Service, Role.Operator, Role.Owner)))
        .AddPolicy(Platform, p => p.RequireClaim(PlatformClaim));

    private static IEnumerable<string> Words(params Role[] roles) => roles.Select(Word.Of);
}
