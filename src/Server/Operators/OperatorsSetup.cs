using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace ChatOperator.Operators;

/// <summary>People and programs: sign-in, tokens, and the platform's administration of tenants.</summary>
internal static class OperatorsSetup
{
    public static void AddOperators(this WebApplicationBuilder builder)
    {
        // Not AddAuthentication: it would bring data protection, whose keys nothing here needs. Sessions are rows.
        builder.Services.AddAuthenticationCore(o =>
        {
            o.AddScheme<CallerAuthentication>(CallerAuthentication.SchemeName, null);
            o.DefaultScheme = CallerAuthentication.SchemeName;
        });
        builder.Services.AddWebEncoders();
        builder.Services.AddTransient<CallerAuthentication>();
        builder.Services.AddSingleton<SignIn>();
    }

    /// <summary>Before everything that asks who calls.</summary>
    public static void UseCallers(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    public static void MapOperators(this WebApplication app)
    {
        app.MapAuth();
        app.MapPlatform();
        app.MapAdminOperators();
        app.MapAdminTokens();
    }

    /// <summary>The first tenant, its administrator and the configured token.</summary>
    public static Task BootstrapAsync(this WebApplication app) =>
        Bootstrap.RunAsync(app.Services.GetRequiredService<Databases>(), app.Services.GetRequiredService<Settings>(), Console.Out);
}
