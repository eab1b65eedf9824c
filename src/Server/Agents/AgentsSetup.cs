using ChatOperator.Agents.Checks;
using ChatOperator.Agents.Knowledge;
using ChatOperator.Agents.Models;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Turns;
using ChatOperator.Agents.Versions;

namespace ChatOperator.Agents;

/// <summary>The AI that answers.</summary>
internal static class AgentsSetup
{
    public static void AddAgents(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<AgentDirectory>().AddHostedService(s => s.GetRequiredService<AgentDirectory>());
        services.AddSingleton<ModelClients>().AddSingleton<ModelTest>();
        services.AddScoped<KnowledgeBase>().AddScoped<KnowledgeEditing>().AddHostedService<KnowledgeSweep>();
        services.AddSingleton<HttpTool>().AddSingleton<ToolShelf>().AddSingleton<Pictures>().AddSingleton<History>().AddSingleton<Thinking>().AddSingleton<OutputGuards>().AddSingleton<Typing>();
        services.AddSingleton<TurnBeginning>().AddSingleton<TurnEnding>().AddSingleton<TurnCycle>().AddSingleton<SwitchingOff>();
        services.AddSingleton<AgentWakes>().AddHostedService<AgentSweep>().AddHostedService<TurnSweep>();
        services.AddScoped<AgentDiagnosis>().AddScoped<AgentSteering>().AddScoped<Playground>();
        services.AddScoped<AgentEditing>().AddScoped<ToolEditing>();
    }

    public static void MapAgents(this WebApplication app)
    {
        app.MapAgentSettings();
        app.MapAgentTools();
        AgentSteering.Map(app);
        AgentUsage.Map(app);
        Playground.Map(app);
        AgentDiagnosis.Map(app);
        app.MapKnowledge();
    }
}
