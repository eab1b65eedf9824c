using ChatOperator.Hosting;

namespace ChatOperator.Db;

internal static class DatabaseSetup
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(s => new Databases(
            s.GetRequiredService<Settings>(), s.GetRequiredService<DataDirectory>().DatabaseFile,
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton<Preparation>().AddHostedService(s => s.GetRequiredService<Preparation>());
        builder.Services.AddHostedService<WalCheckpoint>();
    }

    /// <exception cref="StartException">The database cannot be reached or prepared.</exception>
    public static Task PrepareDatabaseAsync(this WebApplication app) =>
        Schema.PrepareAsync(app.Services.GetRequiredService<Databases>(), app.Services.GetRequiredService<Settings>());
}
