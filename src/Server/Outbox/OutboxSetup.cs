using ChatOperator.Outbox.Files;

namespace ChatOperator.Outbox;

internal static class OutboxSetup
{
    public static void AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Listening>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Listening>());
        builder.Services.AddSingleton<LaneWriter>();
        builder.Services.AddSingleton<Pace>();
        builder.Services.AddSingleton<NetworkFiles>();
        builder.Services.AddSingleton<Courier>();
        builder.Services.AddSingleton<Fitting>();
        builder.Services.AddScoped<UploadFile>();
        builder.Services.AddSingleton<Outgoing>();
        builder.Services.AddSingleton<LateFailures>();
        builder.Services.AddSingleton<SharedWrites>();
        builder.Services.AddScoped<Send>();
        builder.Services.AddScoped<React>();
        builder.Services.AddScoped<Relay>();
        builder.Services.AddScoped<Steering>();
        builder.Services.AddHostedService<LaneSweep>();
        builder.Services.AddHostedService<IdempotencySweep>();
    }
}
