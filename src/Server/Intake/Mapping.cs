using ChatOperator.Db;
using ChatOperator.Intake.Echoes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Intake;

internal sealed class ReceiptMapping : IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<Receipt> receipt)
    {
        receipt.ToTable("receipt").HasKey(r => new { r.TenantId, r.Id });
        receipt.Property(r => r.Items).HasAnnotation(Conventions.Json, true);
        receipt.Property(r => r.Signature).HasAnnotation(Conventions.Json, true);
        // Trouble is rare and looked for; the rest is read newest first by the key.
        receipt.HasIndex(r => new { r.TenantId, r.Verdict, r.Id }).HasFilter("verdict <> 'applied'");
    }
}

internal sealed class IntakeCountMapping : IEntityTypeConfiguration<IntakeCount>
{
    public void Configure(EntityTypeBuilder<IntakeCount> count) =>
        count.ToTable("intake_count").HasKey(c => new { c.TenantId, c.AccountId, c.Day, c.Verdict });
}

internal sealed class HeldEchoMapping : IEntityTypeConfiguration<HeldEcho>
{
    public void Configure(EntityTypeBuilder<HeldEcho> echo)
    {
        // A handful of rows at any time: whatever is looked for is found by the key or by reading all.
        echo.ToTable("held_echo").HasKey(e => new { e.TenantId, e.AccountId, e.ExternalId });
        echo.Property(e => e.Content).HasAnnotation(Conventions.Json, true);
        echo.Property(e => e.Extra).HasAnnotation(Conventions.Json, true);
    }
}

/// <summary>This slice's sets.</summary>
internal static class IntakeSets
{
    extension(AppDb db)
    {
        public DbSet<Receipt> Receipts => db.Set<Receipt>();
        public DbSet<HeldEcho> HeldEchoes => db.Set<HeldEcho>();
        public DbSet<IntakeCount> IntakeCounts => db.Set<IntakeCount>();
    }
}
