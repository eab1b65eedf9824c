using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Tenancy;

internal sealed class TenantMapping : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> tenant)
    {
        tenant.ToTable("tenant").HasKey(t => t.Id);
        tenant.Property(t => t.Name).HasMaxLength(200);
    }
}

/// <summary>This slice's sets.</summary>
internal static class TenancySets
{
    extension(AppDb db)
    {
        public DbSet<Tenant> Tenants => db.Set<Tenant>();
    }
}
