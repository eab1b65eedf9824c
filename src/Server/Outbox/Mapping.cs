using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Outbox;

internal sealed class DeliveryMapping : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("delivery").HasKey(d => new { d.TenantId, d.Id });
        delivery.Property(d => d.Content).HasAnnotation(Conventions.Json, true);
        delivery.Property(d => d.Error).HasAnnotation(Conventions.Json, true);
        delivery.Property(d => d.Held).HasDefaultValue(false).ValueGeneratedNever();
        delivery.HasIndex(d => new { d.TenantId, d.MessageId, d.Part }).IsUnique();
        // A lane's work, in order.
        delivery.HasIndex(d => new { d.TenantId, d.ConversationId, d.MessageId, d.Part }).HasFilter("is_open");
        // What a report by time may still move.
        delivery.HasIndex(d => new { d.TenantId, d.ConversationId }).HasFilter("may_be_marked");
        // No index names the status itself: PostgreSQL would write every index anew for every tick.
        delivery.Property(d => d.AwaitsMarks).HasDefaultValue(true).ValueGeneratedNever();
        delivery.Property(d => d.IsOpen).HasComputedColumnSql("status IN ('queued', 'sending', 'uncertain')");
        delivery.Property(d => d.MayBeMarked).HasComputedColumnSql("awaits_marks AND status IN ('sent', 'delivered')");
    }
}

internal sealed class DeliveryAttemptMapping : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> attempt)
    {
        attempt.ToTable("delivery_attempt").HasKey(a => new { a.TenantId, a.Id });
        attempt.HasIndex(a => new { a.TenantId, a.MessageId, a.StartedAt });
    }
}

internal sealed class ExternalIdMapping : IEntityTypeConfiguration<ExternalId>
{
    public void Configure(EntityTypeBuilder<ExternalId> id)
    {
        id.ToTable("external_id").HasKey(i => new { i.TenantId, i.AccountId, i.Id });
        id.Property(i => i.PendingError).HasAnnotation(Conventions.Json, true);
        id.Property(i => i.PendingChanges).HasAnnotation(Conventions.Json, true);
        // What waits for its message, of all tenants.
        id.HasIndex(i => i.At).HasFilter("pending_changes IS NOT NULL");
    }
}

internal sealed class IdempotencyKeyMapping : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> key)
    {
        key.ToTable("idempotency_key").HasKey(k => new { k.TenantId, k.Endpoint, k.Key });
        key.Property(k => k.Endpoint).HasMaxLength(20);
        key.Property(k => k.Key).HasMaxLength(255);
        // What may be forgotten, for all tenants at once.
        key.HasIndex(k => k.At);
    }
}

/// <summary>This slice's sets.</summary>
internal static class OutboxSets
{
    extension(AppDb db)
    {
        public DbSet<Delivery> Deliveries => db.Set<Delivery>();
        public DbSet<DeliveryAttempt> DeliveryAttempts => db.Set<DeliveryAttempt>();
        public DbSet<ExternalId> ExternalIds => db.Set<ExternalId>();
        public DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
