namespace ChatOperator.Changes;

internal static class ChangesSetup
{
    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChangeLog>().AddSingleton<ChangeFeeds>().AddSingleton<ChangeStream>();
        builder.Services.AddHostedService<PruneChanges>();
    }

    /// <summary>Before anything is read: clients' cursors name the log they are places in.</summary>
    public static Task PrepareChangesAsync(this WebApplication app) => app.Services.GetRequiredService<ChangeLog>().PrepareAsync();
}
