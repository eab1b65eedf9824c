using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace ChatOperator.Server.Tests.Architecture;

/// <summary>
/// The tenant is the first column of every primary and unique key: no network's id can collide across tenants, and the schema can be
/// spread by tenant.
/// </summary>
public abstract class TenantKeyTests(AppDb db)
{
    /// <summary>Tables that belong to the installation.</summary>
    private static readonly string[] WithoutTenant = ["tenant", "number", "change_epoch"];

    /// <summary>Unique before any tenant is known, because the tenant is found by them.</summary>
    private static readonly string[] FindTheTenant = ["channel_account(hook)", "operator(email)", "api_token(hash)", "session(hash)"];

    private IEnumerable<IEntityType> Tables => db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null);

    [Fact]
    public void Every_table_belongs_to_a_tenant() =>
        Assert.Empty(Tables.Where(e => !typeof(ITenantOwned).IsAssignableFrom(e.ClrType)).Select(e => e.GetTableName()!).Except(WithoutTenant));

    [Fact]
    public void Every_key_begins_with_the_tenant()
    {
        var keys = Tables.SelectMany(e => e.GetKeys().Select(k => (e, k.Properties)))
            .Concat(Tables.SelectMany(e => e.GetIndexes().Where(i => i.IsUnique).Select(i => (e, i.Properties))));
        var wrong = keys
            .Where(k => !WithoutTenant.Contains(k.e.GetTableName()) && k.Properties[0].GetColumnName() != "tenant_id")
            .Select(k => $"{k.e.GetTableName()}({string.Join(", ", k.Properties.Select(p => p.GetColumnName()))})");
        Assert.Empty(wrong.Except(FindTheTenant));
    }

    [Fact]
    public void Every_tenants_row_is_behind_the_filter()
    {
        var open = Tables.Where(e => typeof(ITenantOwned).IsAssignableFrom(e.ClrType) && e.GetDeclaredQueryFilters().Count == 0);
        Assert.Empty(open.Select(e => e.GetTableName()));
    }

    [Fact]
    public void The_migrations_say_what_the_model_says() =>
        Assert.False(db.Database.HasPendingModelChanges(), "The model has changed: run dev/migrate NAME and commit what it writes.");
}

public sealed class TenantKeysOnSqlite() : TenantKeyTests(new SqliteDb(ModelOnly.Sqlite, ModelOnly.Databases, Guid.Empty));

public sealed class TenantKeysOnPostgres() : TenantKeyTests(new PostgresDb(ModelOnly.Postgres, ModelOnly.Databases, Guid.Empty));

/// <summary>The model of both databases without any.</summary>
file static class ModelOnly
{
    public static readonly Databases Databases =
        new(new ChatOperator.Hosting.Settings(), ":memory:", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

    public static DbContextOptions Sqlite => new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().ReplaceService<IModelCacheKeyFactory, ModelKeyFactory>().Options;

    public static DbContextOptions Postgres => new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention().ReplaceService<IModelCacheKeyFactory, ModelKeyFactory>().Options;
}
