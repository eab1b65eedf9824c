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
        app.Use((http, next) => IsNobodyOf(http) ? throw Problem.Unauthorized() : next(http));
    }

    /// <summary>
    /// Somebody unknown, at an address that is for callers: also where nothing is, and where the method or an id is malformed, so that it
    /// takes credentials to learn which addresses there are.
    /// </summary>
    private static bool IsNobodyOf(HttpContext http) =>
        http.User.Identity?.IsAuthenticated != true
        && (http.Request.Path.StartsWithSegments("/admin", out var rest) || http.Request.Path.StartsWithSegments("/platform", out rest))
        && rest.Value is { Length: > 1 };

    public static void MapOperators(this WebApplication app)
    {
        app.MapAuth();
        app.MapPlatform();
        app.MapAdminOperators();
        app.MapAdminTokens();
        app.MapColleagues();
    }

    /// <summary>The first tenant, its administrator and the configured token.</summary>
    public static Task BootstrapAsync(this WebApplication app) =>
        Bootstrap.RunAsync(app.Services.GetRequiredService<Databases>(), app.Services.GetRequiredService<Settings>(), Console.Out);
}
