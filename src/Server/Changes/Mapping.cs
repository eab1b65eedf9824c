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

/// <summary>This slice's sets.</summary>
internal static class ChangeSets
{
    extension(AppDb db)
    {
        public DbSet<Change> Changes => db.Set<Change>();
    }
}
