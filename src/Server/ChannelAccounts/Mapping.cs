using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.ChannelAccounts;

internal sealed class ChannelAccountMapping : IEntityTypeConfiguration<ChannelAccount>
{
    public void Configure(EntityTypeBuilder<ChannelAccount> account)
    {
        account.ToTable("channel_account").HasKey(a => new { a.TenantId, a.Id });
        account.Property(a => a.Settings).HasAnnotation(Conventions.Json, true);
        account.Property(a => a.Name).HasMaxLength(200);
        account.Property(a => a.Number).HasMaxLength(40).HasDefaultValue("");
        account.Property(a => a.TokenFailure).HasMaxLength(100);
        account.HasIndex(a => new { a.TenantId, a.Channel, a.RouteKey }).IsUnique();
        // Found by before any tenant is known.
        account.HasIndex(a => a.Hook).IsUnique();
        account.HasIndex(a => new { a.Channel, a.RouteKey });
    }
}

internal sealed class AccountRemovalMapping : IEntityTypeConfiguration<AccountRemoval>
{
    public void Configure(EntityTypeBuilder<AccountRemoval> removal) =>
        removal.ToTable("account_removal").HasKey(r => new { r.TenantId, r.AccountId });
}

/// <summary>This slice's sets.</summary>
internal static class ChannelAccountSets
{
    extension(AppDb db)
    {
        public DbSet<ChannelAccount> ChannelAccounts => db.Set<ChannelAccount>();
        public DbSet<AccountRemoval> AccountRemovals => db.Set<AccountRemoval>();
    }
}
