using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOperator.Db;

/// <summary>For <c>dotnet ef migrations</c>: the model without a database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:").UseSnakeCaseNamingConvention().Options, Nowhere.Databases, null);
}

/// <inheritdoc cref="SqliteDesignTime"/>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention().Options, Nowhere.Databases, null);
}

file static class Nowhere
{
    public static readonly Databases Databases = new(new Settings(), ":memory:", TimeProvider.System, NullLoggerFactory.Instance);
}
