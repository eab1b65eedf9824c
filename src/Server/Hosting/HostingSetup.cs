namespace ChatOperator.Hosting;

/// <summary>Settings, the data directory, time and secrets.</summary>
internal static class HostingSetup
{
    /// <exception cref="StartException">The data directory is taken, or a key is malformed.</exception>
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.Get<Settings>() ?? new Settings();
        var directory = DataDirectory.Open(settings);
        builder.Services.AddSingleton(settings);
        // Made by a factory, so that the container gives the directory's lock back when the node stops.
        builder.Services.AddSingleton(_ => directory);
        builder.Services.AddSingleton(new SecretBox(directory.SecretsKey(settings)));
        builder.Services.TryAddTimeProvider();
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (services.All(s => s.ServiceType != typeof(TimeProvider))) services.AddSingleton(TimeProvider.System);
    }
}
