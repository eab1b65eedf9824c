using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Changes;

internal sealed class ChangeMapping : IEntityTypeConfiguration<Change>
{
    public void Configure(EntityTypeBuilder<Change> change)
    {
        change.ToTable("change").HasKey(c => new { c.TenantId, c.Xid, c.Seq });
        change.Property(c => c.Seq);
        change.Property(c => c.Kind).HasMaxLength(40);
        change.Property(c => c.EntityId).HasMaxLength(64);
    }
}

internal sealed class ChangeEpochMapping : IEntityTypeConfiguration<ChangeEpoch>
{
    public void Configure(EntityTypeBuilder<ChangeEpoch> epoch)
    {
        epoch.ToTable("change_epoch").HasKey(e => e.Id);
        epoch.Property(e => e.Id).ValueGeneratedNever();
        epoch.Property(e => e.Name).HasMaxLength(32);
    }
}

internal sealed class ChangePrunedMapping : IEntityTypeConfiguration<ChangePruned>
{
    public void Configure(EntityTypeBuilder<ChangePruned> pruned) => pruned.ToTable("change_pruned").HasKey(p => p.TenantId);
}

/// <summary>This slice's sets.</summary>
internal static class ChangeSets
{
    extension(AppDb db)
    {
        public DbSet<Change> Changes => db.Set<Change>();
        public DbSet<ChangeEpoch> ChangeEpochs => db.Set<ChangeEpoch>();
        public DbSet<ChangePruned> ChangesPruned => db.Set<ChangePruned>();
    }
}
