using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Attachments;

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> attachment)
    {
        attachment.ToTable("attachment").HasKey(a => new { a.TenantId, a.Id });
        attachment.Property(a => a.Source).HasAnnotation(Conventions.Json, true);
        // A page of messages with its files.
        attachment.HasIndex(a => new { a.TenantId, a.MessageId, a.Position }).HasFilter("message_id IS NOT NULL");
        // What is due, for all tenants at once.
        attachment.HasIndex(a => a.DueAt).HasFilter("due_at IS NOT NULL");
        // What may be removed: files older than the tenant keeps them.
        attachment.HasIndex(a => new { a.TenantId, a.CreatedAt }).HasFilter("state = 'stored'");
        // What was uploaded and never sent.
        attachment.HasIndex(a => a.CreatedAt).HasFilter("message_id IS NULL AND kind <> 'portrait'");
        // The chat list, with pictures.
        attachment.HasIndex(a => new { a.TenantId, a.ConversationId }).HasFilter("kind = 'portrait'");
    }
}

internal sealed class NetworkUploadMapping : IEntityTypeConfiguration<NetworkUpload>
{
    public void Configure(EntityTypeBuilder<NetworkUpload> upload) =>
        upload.ToTable("network_upload").HasKey(u => new { u.TenantId, u.AttachmentId, u.AccountId });
}

/// <summary>This slice's sets.</summary>
internal static class AttachmentSets
{
    extension(AppDb db)
    {
        public DbSet<Attachment> Attachments => db.Set<Attachment>();
        public DbSet<NetworkUpload> NetworkUploads => db.Set<NetworkUpload>();
    }
}
