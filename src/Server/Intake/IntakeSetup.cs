using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Intake.Echoes;
using ChatOperator.Intake.Kept;
using ChatOperator.Intake.People;
using ChatOperator.Intake.Postgres;
using ChatOperator.Intake.Removal;
using ChatOperator.Intake.Singles;
using ChatOperator.Intake.Sqlite;

namespace ChatOperator.Intake;

internal static class IntakeSetup
{
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<KnownPeople>().AddSingleton<SingleEvents>().AddSingleton<HoldEchoes>().AddSingleton<Routing>().AddSingleton<WebhookEndpoint>();
        services.AddSingleton<IntakeHints>().AddSingleton<AgentDue>().AddSingleton<Replay>().AddSingleton<ReplayRouting>();
        services.AddSingleton<IIntakeStore>(s => s.GetRequiredService<Databases>().Provider == DatabaseProvider.Postgres
            ? ActivatorUtilities.CreateInstance<PostgresIntakeStore>(s) : ActivatorUtilities.CreateInstance<SqliteIntakeStore>(s));
        services.AddSingleton<IntakeQueue>().AddHostedService(s => s.GetRequiredService<IntakeQueue>());
        services.AddHostedService<HeldEchoSweep>().AddHostedService<WaitingChangesSweep>().AddHostedService<AccountRemovalSweep>();
        services.AddScoped<SeenReceipts>();
        services.AddSingleton<ReceiptSweep>().AddHostedService(s => s.GetRequiredService<ReceiptSweep>());
    }

    public static void MapIntake(this WebApplication app)
    {
        app.MapReceipts();
        var webhooks = app.Services.GetRequiredService<WebhookEndpoint>();
        app.MapGet("/webhooks/{channel}/{hook}", (HttpContext http, string channel, string hook) => webhooks.ShakeHandsAsync(http, channel, hook))
            .AllowAnonymous().ShortCircuit().ExcludeFromDescription();
        app.MapPost("/webhooks/{channel}/{hook}", (HttpContext http, string channel, string hook) => webhooks.ReceiveAsync(http, channel, hook))
            .AllowAnonymous().ShortCircuit().ExcludeFromDescription();
    }
}
