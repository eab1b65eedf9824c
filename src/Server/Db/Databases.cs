using System.Diagnostics;
using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace ChatOperator.Db;

/// <summary>The one door to the database: opened for a tenant, or for the system.</summary>
/// <remarks>
/// On PostgreSQL the two doors are two roles (and pools): <c>chatoperator_app</c> sees no row until a tenant is set on the connection,
/// <c>chatoperator_system</c> has its own policy. Who may open the system's door is listed by an architecture test.
/// </remarks>
public sealed class Databases : IAsyncDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly ILoggerFactory _logs;
    private readonly DbContextOptions _tenantOptions;
    private readonly DbContextOptions _systemOptions;
    private bool _pressed;
    private long _pressedAt;

    public Databases(Settings settings, string sqliteFile, TimeProvider time, ILoggerFactory logs)
    {
        Provider = settings.Database.Provider;
        Time = time;
        _logs = logs;
        if (Provider == DatabaseProvider.Postgres)
        {
            TenantPool = Postgres.Pool(settings.Database.ConnectionString, Postgres.AppRole);
            SystemPool = Postgres.Pool(settings.Database.ConnectionString, Postgres.SystemRole);
            _tenantOptions = Options(o => o.UseNpgsql(TenantPool).AddInterceptors(new TenantOnConnection()));
            _systemOptions = Options(o => o.UseNpgsql(SystemPool));
        }
        else
        {
            SqliteConnectionString = Sqlite.ConnectionString(sqliteFile);
            _tenantOptions = _systemOptions = Options(o => o.UseSqlite(SqliteConnectionString).AddInterceptors(new SqlitePragmas()));
        }
    }

    public DatabaseProvider Provider { get; }

    public TimeProvider Time { get; }

    /// <summary>On SQLite every write of the process passes here, in order of arrival.</summary>
    public WriteGate Gate { get; } = new();

    /// <summary>More webhooks wait than one commit took: what can be done a little later leaves the database to them.</summary>
    public bool Pressed => Volatile.Read(ref _pressed);

    /// <summary>Told after each commit of webhooks: whether more of them wait.</summary>
    internal void Press(bool more)
    {
        if (more) Volatile.Write(ref _pressedAt, Stopwatch.GetTimestamp());
        Volatile.Write(ref _pressed, more);
    }

    /// <summary>Waits until no webhooks have waited for a breath, but not for ever.</summary>
    /// <remarks>Between two commits of a flood nothing may wait for an instant.</remarks>
    /// <param name="longest">Then it goes on, so that what is put off under load is done in the end.</param>
    /// <param name="cancel">The node stops.</param>
    internal async Task LetWebhooksPassAsync(TimeSpan longest, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _pressedAt) is not 0 and var at && Stopwatch.GetElapsedTime(at) < Breath && Stopwatch.GetElapsedTime(since) < longest)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancel);
    }

    /// <summary>Told after each commit which tenants have changes. A hint: losing one loses nothing.</summary>
    public event Action<IReadOnlyCollection<Guid>>? Committed;

    /// <summary>PostgreSQL connections of the tenant role; set the tenant before reading. Null on SQLite.</summary>
    internal NpgsqlDataSource? TenantPool { get; }

    /// <summary>PostgreSQL connections of the system role; null on SQLite.</summary>
    internal NpgsqlDataSource? SystemPool { get; }

    /// <summary>Null on PostgreSQL.</summary>
    internal string? SqliteConnectionString { get; }

    /// <summary>Sees and writes only this tenant's rows.</summary>
    public AppDb For(Guid tenant) => Create(_tenantOptions, tenant);

    /// <summary>Sees all rows. For what is done before a tenant is known, or for all of them.</summary>
    public AppDb ForSystem() => Create(_systemOptions, null);

    /// <summary>The model on a connection whose transaction somebody else holds: saving neither begins nor commits one.</summary>
    internal AppDb OnConnection(System.Data.Common.DbConnection connection)
    {
        var db = Create(Options(o => Provider == DatabaseProvider.Postgres ? o.UseNpgsql(connection) : o.UseSqlite(connection)), null);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        return db;
    }

    internal void Announce(IReadOnlyCollection<Guid> tenants)
    {
        if (tenants.Count > 0) Committed?.Invoke(tenants);
    }

    public async ValueTask DisposeAsync()
    {
        if (TenantPool is not null) await TenantPool.DisposeAsync();
        if (SystemPool is not null) await SystemPool.DisposeAsync();
        if (SqliteConnectionString is not null) SqliteConnection.ClearPool(new SqliteConnection(SqliteConnectionString));
    }

    private AppDb Create(DbContextOptions options, Guid? tenant) =>
        Provider == DatabaseProvider.Postgres ? new PostgresDb(options, this, tenant) : new SqliteDb(options, this, tenant);

    /// <remarks>The same services on whatever connection: with others, the model and all queries would be built once more.</remarks>
    private DbContextOptions Options(Func<DbContextOptionsBuilder, DbContextOptionsBuilder> connect)
    {
        var builder = connect(Provider == DatabaseProvider.Postgres ? new DbContextOptionsBuilder<PostgresDb>() : new DbContextOptionsBuilder<SqliteDb>());
        if (Provider == DatabaseProvider.Sqlite) builder.ReplaceService<IMigrationsSqlGenerator, SqliteTables>();
        return builder.UseSnakeCaseNamingConvention().UseLoggerFactory(_logs).ReplaceService<IModelCacheKeyFactory, ModelKeyFactory>().Options;
    }
}
