using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Templates;

internal sealed class TemplateMapping : IEntityTypeConfiguration<Template>
{
    public void Configure(EntityTypeBuilder<Template> template)
    {
        template.ToTable("template").HasKey(t => new { t.TenantId, t.Id });
        template.Property(t => t.Components).HasAnnotation(Conventions.Json, true);
        template.HasIndex(t => new { t.TenantId, t.Channel, t.OwnerKey, t.ExternalId }).IsUnique();
    }
}

internal sealed class TemplateChangeMapping : IEntityTypeConfiguration<TemplateChange>
{
    public void Configure(EntityTypeBuilder<TemplateChange> change)
    {
        change.ToTable("template_change").HasKey(c => new { c.TenantId, c.Id });
        change.Property(c => c.Fields).HasAnnotation(Conventions.Json, true);
        change.HasIndex(c => new { c.TenantId, c.TemplateId, c.At });
    }
}

internal sealed class TemplateCatalogueMapping : IEntityTypeConfiguration<TemplateCatalogue>
{
    public void Configure(EntityTypeBuilder<TemplateCatalogue> catalogue)
    {
        catalogue.ToTable("template_catalogue").HasKey(c => new { c.TenantId, c.Channel, c.OwnerKey });
        catalogue.Property(c => c.Failure).HasAnnotation(Conventions.Json, true);
        // What is due, for all tenants at once.
        catalogue.HasIndex(c => c.DueAt);
    }
}

/// <summary>This slice's sets.</summary>
internal static class TemplateSets
{
    extension(AppDb db)
    {
        public DbSet<Template> Templates => db.Set<Template>();
        public DbSet<TemplateChange> TemplateChanges => db.Set<TemplateChange>();
        public DbSet<TemplateCatalogue> TemplateCatalogues => db.Set<TemplateCatalogue>();
    }
}
