namespace ChatOperator.Hosting;

/// <summary>Settings, the data directory, time, secrets, JSON and errors.</summary>
internal static class HostingSetup
{
    /// <exception cref="StartException">The configuration cannot be used, or the data directory is taken.</exception>
    public static Settings AddHosting(this WebApplicationBuilder builder)
    {
        var settings = Settings.Read(builder.Configuration);
        settings.Check();
        var directory = DataDirectory.Open(settings);
        builder.Services.AddSingleton(settings);
        // Made by a factory, so that the container gives the directory's lock back when the node stops.
        builder.Services.AddSingleton(_ => directory);
        builder.Services.AddSingleton(new SecretBox(directory.SecretsKey(settings)));
        builder.Services.AddSingleton<OutboundHttp>();
        builder.Services.AddSingleton<PublicAddress>();
        builder.Services.AddProxies(settings);
        builder.AddTelemetry();
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        builder.Services.TryAddTimeProvider();
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions).Converters.Add(new TextConverter()));
        // Binding errors reach ProblemAnswers with their reasons instead of an empty 400.
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        return settings;
    }

    /// <summary>What surrounds every endpoint. Errors become problems here, so this stands before all other middleware.</summary>
    public static void UseHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseMiddleware<ProblemAnswers>();
        app.UseRoutingOfHead();
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (services.All(s => s.ServiceType != typeof(TimeProvider))) services.AddSingleton(TimeProvider.System);
    }
}
