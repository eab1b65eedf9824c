using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Agents.Knowledge;

internal sealed class KnowledgeEntryMapping : IEntityTypeConfiguration<KnowledgeEntry>
{
    public void Configure(EntityTypeBuilder<KnowledgeEntry> entry)
    {
        entry.ToTable("knowledge_entry").HasKey(e => new { e.TenantId, e.Id });
        entry.Property(e => e.Title).HasMaxLength(KnowledgeForm.MaxQuestion);
        entry.Property(e => e.Language).HasMaxLength(2);
        entry.Property(e => e.UpdatedBy).HasMaxLength(200);
        entry.Ignore(e => e.Headline);
    }
}

internal sealed class KnowledgePassageMapping : IEntityTypeConfiguration<KnowledgePassage>
{
    public void Configure(EntityTypeBuilder<KnowledgePassage> passage) =>
        passage.ToTable("knowledge_passage").HasKey(p => new { p.TenantId, p.EntryId, p.Number });
}

internal sealed class KnowledgeWordMapping : IEntityTypeConfiguration<KnowledgeWord>
{
    public void Configure(EntityTypeBuilder<KnowledgeWord> word)
    {
        word.ToTable("knowledge_word").HasKey(w => new { w.TenantId, w.Word, w.EntryId, w.Number });
        // Three letters of language beside the stem.
        word.Property(w => w.Word).HasMaxLength(Letters.MaxLength + 3);
        word.HasIndex(w => new { w.TenantId, w.EntryId });
    }
}

/// <summary>This slice's sets.</summary>
internal static class KnowledgeSets
{
    extension(AppDb db)
    {
        public DbSet<KnowledgeEntry> KnowledgeEntries => db.Set<KnowledgeEntry>();
        public DbSet<KnowledgePassage> KnowledgePassages => db.Set<KnowledgePassage>();
        public DbSet<KnowledgeWord> KnowledgeWords => db.Set<KnowledgeWord>();
    }
}
