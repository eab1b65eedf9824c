using ChatOperator.Agents.Models;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Versions;

/// <summary>Whether the agent answers on an account, by its own settings or the tenant's.</summary>
public sealed record AgentOfAccount(Guid AccountId, bool Enabled);

/// <summary>The addresses of the agent's settings: /admin/agent for the tenant, and the same below each account.</summary>
internal static class AgentEndpoints
{
    public static void MapAgentSettings(this WebApplication app)
    {
        Map(app, "/admin/agent", "the tenant's agent", _ => AgentVersion.OfTenant);
        Map(app, "/admin/channel-accounts/{id:guid}/agent", "an account's agent", http => Guid.Parse((string)http.Request.RouteValues["id"]!));
        app.MapGet("/admin/agent/accounts", AccountsAsync).WithTags("Agent").RequireAuthorization(Access.Read)
            .WithSummary("On which accounts the agent answers");
        app.MapDelete("/admin/channel-accounts/{id:guid}/agent", InheritAsync).WithTags("Agent").RequireAuthorization(Access.Manage)
            .WithSummary("Let an account use the tenant's agent again");
    }

    /// <param name="whose">Reads from the address whose agent is meant.</param>
    private static void Map(WebApplication app, string address, string what, Func<HttpContext, Guid> whose)
    {
        var read = app.MapGroup(address).WithTags("Agent").RequireAuthorization(Access.Read);
        read.MapGet("", async (HttpContext http, AgentEditing editing, CancellationToken cancel) =>
        {
            var (agent, inherited) = await editing.ReadAsync(whose(http), cancel);
            return AgentView.Of(agent, inherited);
        }).WithSummary($"Read {what}");
        read.MapGet("/versions", (HttpContext http, AgentEditing editing, CancellationToken cancel) => editing.HistoryAsync(whose(http), cancel))
            .WithSummary($"Every version of {what}, newest first");

        var manage = app.MapGroup(address).WithTags("Agent").RequireAuthorization(Access.Manage);
        manage.MapPut("", (AgentForm form, HttpContext http, AgentEditing editing, CancellationToken cancel) => editing.ChangeAsync(whose(http), form, cancel))
            .WithSummary($"Change {what}; makes a new version");
        manage.MapPost("/versions/{version:int}/restore", (int version, HttpContext http, AgentEditing editing, CancellationToken cancel) =>
            editing.RestoreAsync(whose(http), version, cancel)).WithSummary($"Make an old version of {what} the current one");
        manage.MapPost("/test", async (HttpContext http, AgentEditing editing, ModelTest test, CancellationToken cancel) =>
        {
            var (agent, _) = await editing.ReadAsync(whose(http), cancel);
            return await test.RunAsync(agent, Language.Of(http.Request), cancel);
        }).WithSummary($"Ask the model of {what} something, with its stored credentials");
    }

    private static async Task<List<AgentOfAccount>> AccountsAsync(AppDb db, CurrentCaller caller, AgentDirectory agents, CancellationToken cancel)
    {
        var ids = await db.ChannelAccounts.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancel);
        return [.. ids.Select(id => new AgentOfAccount(id, agents.Of(caller.Tenant, id).Settings.Enabled))];
    }

    private static async Task<AgentView> InheritAsync(Guid id, AgentEditing editing, CancellationToken cancel)
    {
        await editing.InheritAsync(id, cancel);
        var (agent, inherited) = await editing.ReadAsync(id, cancel);
        return AgentView.Of(agent, inherited);
    }
}
