using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatOperator.Operators;

internal sealed class OperatorMapping : IEntityTypeConfiguration<Operator>
{
    public void Configure(EntityTypeBuilder<Operator> person)
    {
        person.ToTable("operator").HasKey(o => new { o.TenantId, o.Id });
        person.Property(o => o.Name).HasMaxLength(200);
        person.Property(o => o.Email).HasMaxLength(254);
        // Found by before any tenant is known.
        person.HasIndex(o => o.Email).IsUnique();
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.ToTable("session").HasKey(s => new { s.TenantId, s.Hash });
        session.HasIndex(s => new { s.TenantId, s.OperatorId });
        session.HasIndex(s => s.Hash).IsUnique();
    }
}

internal sealed class ApiTokenMapping : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> token)
    {
        token.ToTable("api_token").HasKey(t => new { t.TenantId, t.Id });
        token.Property(t => t.Name).HasMaxLength(200);
        token.HasIndex(t => t.Hash).IsUnique();
    }
}

internal sealed class SignInFailuresMapping : IEntityTypeConfiguration<SignInFailures>
{
    public void Configure(EntityTypeBuilder<SignInFailures> failures) =>
        failures.ToTable("sign_in_failures").HasKey(f => new { f.TenantId, f.Subject });
}

/// <summary>This slice's sets.</summary>
internal static class OperatorSets
{
    extension(AppDb db)
    {
        public DbSet<Operator> Operators => db.Set<Operator>();
        public DbSet<Session> Sessions => db.Set<Session>();
        public DbSet<ApiToken> ApiTokens => db.Set<ApiToken>();
        public DbSet<SignInFailures> SignInFailures => db.Set<SignInFailures>();
    }
}
