using ChatOperator.Agents.Tools;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Versions;

/// <summary>
/// The agents of all tenants in memory, so that intake can ask about every message without asking the database. Read anew every few
/// seconds for changes on other nodes, and at once after a change on this one.
/// </summary>
internal sealed class AgentDirectory(Databases databases, SecretBox box, TimeProvider time, ILogger<AgentDirectory> log)
    : Sweep(TimeSpan.FromSeconds(5), time, log)
{
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _snapshot = new([], []);

    /// <summary>Who answers on an account; its own agent or the tenant's. Off when nobody ever set one.</summary>
    public ActiveAgent Of(Guid tenant, Guid account)
    {
        var agents = _snapshot.Agents;
        if (agents.TryGetValue((tenant, account), out var own) && !own.Inherits) return own;
        return agents.TryGetValue((tenant, AgentVersion.OfTenant), out var common) ? common : ActiveAgent.Unset(tenant);
    }

    /// <summary>The tools that a tenant's agent may use.</summary>
    public IReadOnlyList<AgentTool> ToolsOf(Guid tenant) => _snapshot.Tools.TryGetValue(tenant, out var tools) ? tools : [];

    /// <summary>Looks at the database now.</summary>
    public async Task RefreshAsync(CancellationToken cancel = default)
    {
        await _reading.WaitAsync(cancel);
        try
        {
            await using var db = databases.ForSystem();
            var known = _snapshot.Agents;
            var keys = await db.AgentVersions.AsNoTracking().Where(v => v.IsCurrent)
                .Select(v => new { v.TenantId, v.AccountId, v.Version }).ToListAsync(cancel);
            var agents = new Dictionary<(Guid, Guid), ActiveAgent>(keys.Count);
            foreach (var key in keys)
            {
                if (!known.TryGetValue((key.TenantId, key.AccountId), out var agent) || agent.Version != key.Version)
                    agent = Open(await db.AgentVersions.AsNoTracking().SingleAsync(
                        v => v.TenantId == key.TenantId && v.AccountId == key.AccountId && v.Version == key.Version, cancel));
                if (agent is not null) agents[(key.TenantId, key.AccountId)] = agent;
            }
            var tools = await db.AgentTools.AsNoTracking().Where(t => t.Enabled).OrderBy(t => t.Name).ToListAsync(cancel);
            _snapshot = new Snapshot(agents, tools.GroupBy(t => t.TenantId).ToDictionary(g => g.Key, g => (IReadOnlyList<AgentTool>)[.. g]));
        }
        finally { _reading.Release(); }
    }

    /// <summary>Known before the first webhook is taken.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    private ActiveAgent? Open(AgentVersion row)
    {
        try { return new ActiveAgent(row, box); }
        catch (System.Security.Cryptography.CryptographicException)
        {
            Log.LogError("The model key of tenant {Tenant} does not open with this installation's key; its agent stays silent.", row.TenantId);
            return null;
        }
    }

    private sealed record Snapshot(Dictionary<(Guid, Guid), ActiveAgent> Agents, Dictionary<Guid, IReadOnlyList<AgentTool>> Tools);

    protected override Task RoundAsync(CancellationToken cancel) => RefreshAsync(cancel);
}
