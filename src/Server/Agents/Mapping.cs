using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Turns;
using ChatOperator.Agents.Versions;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Agents;

internal sealed class AgentVersionMapping : IEntityTypeConfiguration<AgentVersion>
{
    public void Configure(EntityTypeBuilder<AgentVersion> version)
    {
        version.ToTable("agent_version").HasKey(v => new { v.TenantId, v.AccountId, v.Version });
        version.Property(v => v.Version).ValueGeneratedNever();
        version.Property(v => v.Settings).HasAnnotation(Conventions.Json, true);
        version.Property(v => v.ChangedBy).HasMaxLength(200);
        // What is in force, for all tenants at once.
        version.HasIndex(v => v.IsCurrent).HasFilter("is_current");
    }
}

internal sealed class AgentToolMapping : IEntityTypeConfiguration<AgentTool>
{
    public void Configure(EntityTypeBuilder<AgentTool> tool)
    {
        tool.ToTable("agent_tool").HasKey(t => new { t.TenantId, t.Id });
        tool.Property(t => t.Name).HasMaxLength(64);
        tool.Property(t => t.HeaderNames).HasAnnotation(Conventions.Json, true);
        tool.Property(t => t.Parameters).HasAnnotation(Conventions.Json, true);
        tool.HasIndex(t => new { t.TenantId, t.Name }).IsUnique();
    }
}

internal sealed class AgentTurnMapping : IEntityTypeConfiguration<AgentTurn>
{
    public void Configure(EntityTypeBuilder<AgentTurn> turn)
    {
        turn.ToTable("agent_turn").HasKey(t => new { t.TenantId, t.Id });
        turn.Property(t => t.Deed).HasMaxLength(64);
        turn.Property(t => t.Cost).HasPrecision(18, 8);
        // A conversation's turns, newest last: the loop guard and the last outcome.
        turn.HasIndex(t => new { t.TenantId, t.ConversationId, t.StartedAt });
        // What may be forgotten.
        turn.HasIndex(t => new { t.TenantId, t.StartedAt });
    }
}

/// <summary>This slice's sets.</summary>
internal static class AgentSets
{
    extension(AppDb db)
    {
        public DbSet<AgentVersion> AgentVersions => db.Set<AgentVersion>();
        public DbSet<AgentTool> AgentTools => db.Set<AgentTool>();
        public DbSet<AgentTurn> AgentTurns => db.Set<AgentTurn>();
    }
}
