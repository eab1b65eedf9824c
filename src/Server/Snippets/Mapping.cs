using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Snippets;

internal sealed class SnippetMapping : IEntityTypeConfiguration<Snippet>
{
    public void Configure(EntityTypeBuilder<Snippet> snippet)
    {
        snippet.ToTable("snippet").HasKey(s => new { s.TenantId, s.Id });
        snippet.Property(s => s.Name).HasMaxLength(SnippetForm.MaxName);
        snippet.Property(s => s.UpdatedBy).HasMaxLength(200);
        snippet.HasIndex(s => new { s.TenantId, s.Name }).IsUnique();
    }
}

/// <summary>This slice's set.</summary>
internal static class SnippetSets
{
    extension(AppDb db)
    {
        public DbSet<Snippet> Snippets => db.Set<Snippet>();
    }
}
