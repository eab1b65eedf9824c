using ChatOperator.Db;

namespace ChatOperator.Tenancy;

/// <summary>The caller, what callers may do, and the database as the caller sees it.</summary>
internal static class TenancySetup
{
    public static void AddTenancy(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CurrentCaller>();
        // Without a caller this throws 401 before a connection is opened.
        builder.Services.AddScoped(s => s.GetRequiredService<Databases>().For(s.GetRequiredService<CurrentCaller>().Tenant));
        Access.AddPolicies(builder.Services.AddAuthorizationBuilder());
    }

    public static void MapTenancy(this WebApplication app) => app.MapTenantSettings();
}
