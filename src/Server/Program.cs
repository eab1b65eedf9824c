using ChatOperator.Agents;
using ChatOperator.Attachments;
using ChatOperator.Changes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Health;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using ChatOperator.Live;
using ChatOperator.Outbox;
using ChatOperator.Operators;
using ChatOperator.Snippets;
using ChatOperator.Templates;
using ChatOperator.Tenancy;
using ChatOperator.Traces;
using ChatOperator.Widget;

namespace ChatOperator;

/// <summary>The table of contents of one node: what is on, in order. How each is done stands in its slice.</summary>
public static class Program
{
    /// <summary>Exit code 0, or 1 when the server could not start; the reason is one sentence on standard error.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (Commands.Handle(args)) return await Commands.RunAsync(args, Console.Out, Console.Error);
        try
        {
            await using var app = await BuildAsync(args);
            StartMemory.GiveBack(app);
            await app.RunAsync();
            return 0;
        }
        catch (StartException failure)
        {
            await Console.Error.WriteLineAsync($"Chat Operator cannot start. {failure.Message}");
            return 1;
        }
    }

    /// <summary>A node that is not listening yet; its database is being brought to this version (<see cref="Preparation"/>).</summary>
    /// <param name="args">Command line configuration.</param>
    /// <param name="configure">For hosts that embed the server: tests set time and addresses here.</param>
    public static async Task<WebApplication> BuildAsync(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("CHATOPERATOR__");
        // Again, after them: what stands on the command line wins.
        builder.Configuration.AddCommandLine(args);
        configure?.Invoke(builder);

        var settings = builder.AddHosting();
        builder.AddSilo(settings);
        builder.AddDatabase();
        builder.AddTenancy();
        builder.AddChanges();
        builder.AddOperators();
        builder.AddSnippets();
        builder.AddChannelAccounts();
        builder.AddAttachments();
        builder.AddConversations();
        builder.AddOutbox();
        builder.AddTemplates();
        builder.AddAgents();
        builder.AddIntake();
        builder.AddWidget();
        builder.AddHealth();
        builder.AddApiReference();

        var app = builder.Build();
        await app.PrepareClusterAsync();
        app.Services.GetRequiredService<Preparation>().Begin(async () =>
        {
            await app.PrepareDatabaseAsync();
            await app.PrepareChangesAsync();
            await app.BootstrapAsync();
        });

        app.UseHosting();
        app.UseCallers();
        app.MapTenancy();
        app.MapOperators();
        app.MapSnippets();
        app.MapChannelAccounts();
        app.MapAttachments();
        app.MapConversations();
        app.MapHumanOverride();
        app.MapOutbox();
        app.MapTemplates();
        app.MapAgents();
        app.MapWidget();
        app.MapIntake();
        app.MapLive();
        app.MapTraces();
        app.MapHealth();
        app.MapApiReference();
        app.UseConsole();
        app.BuildEndpointsAhead();
        return app;
    }
}
