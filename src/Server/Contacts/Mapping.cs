using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Contacts;

internal sealed class ContactMapping : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.ToTable("contact").HasKey(c => new { c.TenantId, c.Id });
        contact.Property(c => c.Attributes).HasAnnotation(Conventions.Json, true);
    }
}

internal sealed class ContactIdentityMapping : IEntityTypeConfiguration<ContactIdentity>
{
    public void Configure(EntityTypeBuilder<ContactIdentity> identity)
    {
        identity.ToTable("contact_identity").HasKey(i => new { i.TenantId, i.Key });
        identity.HasIndex(i => new { i.TenantId, i.ContactId });
    }
}

internal sealed class ConsentRecordMapping : IEntityTypeConfiguration<ConsentRecord>
{
    public void Configure(EntityTypeBuilder<ConsentRecord> record)
    {
        record.ToTable("consent_record").HasKey(r => new { r.TenantId, r.Id });
        record.Property(r => r.Category).HasMaxLength(40);
        record.HasIndex(r => new { r.TenantId, r.ContactId });
    }
}

/// <summary>This slice's sets.</summary>
internal static class ContactSets
{
    extension(AppDb db)
    {
        public DbSet<Contact> Contacts => db.Set<Contact>();
        public DbSet<ContactIdentity> ContactIdentities => db.Set<ContactIdentity>();
        public DbSet<ConsentRecord> ConsentRecords => db.Set<ConsentRecord>();
    }
}
