using ChatOperator.Conversations.Search;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Conversations;

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    /// <summary>Not on <see cref="Conversation.CommonestSource"/>.</summary>
    private const string ElsewhereSql = "channel_source <> '" + Conversation.CommonestSource + "'";

    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.ToTable("conversation").HasKey(c => new { c.TenantId, c.Id });
        conversation.HasIndex(c => new { c.TenantId, c.AccountId, c.ContactId }).IsUnique();
        // The list, whole, by channel and by who holds it; each page is one descent of an index. Every message moves its conversation to
        // the top, so that each of these costs the intake dearly: the commonest channel is read from the index of all, whose entries name
        // the channel, and only the others have one of their own.
        conversation.HasIndex(c => new { c.TenantId, c.LastMessageAt, c.Id, c.ChannelSource });
        conversation.HasIndex(c => new { c.TenantId, c.ChannelSource, c.LastMessageAt, c.Id }).HasFilter(ElsewhereSql);
        conversation.HasIndex(c => new { c.TenantId, c.IsLocked, c.LastMessageAt, c.Id }).HasFilter("is_locked");
        conversation.Property(c => c.HasHeld).HasDefaultValue(false);
        conversation.Property(c => c.PictureUrl).HasDefaultValue("");
        // What is due, for all tenants at once.
        conversation.HasIndex(c => c.LaneDueAt).HasFilter("lane_due_at IS NOT NULL");
        conversation.HasIndex(c => c.AgentDueAt).HasFilter("agent_due_at IS NOT NULL");
        conversation.HasIndex(c => c.HeldUntil).HasFilter("held_until IS NOT NULL");
        conversation.HasIndex(c => c.ProfileDueAt).HasFilter("profile_due_at IS NOT NULL");
        // Reports by time name a person, not a message. The commonest channel has none.
        conversation.HasIndex(c => new { c.TenantId, c.AccountId, c.Address }).HasFilter(ElsewhereSql);
    }
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("message").HasKey(m => new { m.TenantId, m.Id });
        message.Property(m => m.Id).ValueGeneratedNever();
        message.HasIndex(m => new { m.TenantId, m.ConversationId, m.At, m.Id });
        // Traces of what we said. What contacts said is found by its receipt, so intake does not pay for this.
        message.HasIndex(m => new { m.TenantId, m.CorrelationId }).HasFilter("author <> 'contact'");
        message.Property(m => m.Content).HasAnnotation(Conventions.Json, true);
        message.Property(m => m.Extra).HasAnnotation(Conventions.Json, true);
        message.Property(m => m.Error).HasAnnotation(Conventions.Json, true);
    }
}

internal sealed class OverrideEventMapping : IEntityTypeConfiguration<OverrideEvent>
{
    public void Configure(EntityTypeBuilder<OverrideEvent> happened)
    {
        happened.ToTable("override_event").HasKey(e => new { e.TenantId, e.ConversationId, e.Id });
        happened.Property(e => e.By).HasMaxLength(200);
        happened.Property(e => e.Code).HasMaxLength(40);
        happened.Property(e => e.Note).HasMaxLength(2000);
    }
}

internal sealed class DraftMapping : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> draft) => draft.ToTable("draft").HasKey(d => new { d.TenantId, d.ConversationId });
}

internal sealed class SearchMarkMapping : IEntityTypeConfiguration<SearchMark>
{
    public void Configure(EntityTypeBuilder<SearchMark> mark)
    {
        mark.ToTable("search_mark").HasKey(m => m.TenantId);
        mark.Property(m => m.Cursor).HasMaxLength(80);
    }
}

/// <summary>This slice's sets.</summary>
internal static class ConversationSets
{
    extension(AppDb db)
    {
        public DbSet<Conversation> Conversations => db.Set<Conversation>();
        public DbSet<Message> Messages => db.Set<Message>();
        public DbSet<OverrideEvent> OverrideEvents => db.Set<OverrideEvent>();
        public DbSet<Draft> Drafts => db.Set<Draft>();
        public DbSet<SearchMark> SearchMarks => db.Set<SearchMark>();
    }
}
