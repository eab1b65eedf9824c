using ChatOperator.Changes;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Db;

/// <summary>
/// The one model behind both databases. Slices add their own sets by extension properties and their mappings by
/// <see cref="IEntityTypeConfiguration{T}"/>, so this class knows no slice.
/// </summary>
/// <remarks>
/// Always opened for one tenant, or for the system (sign-in and hook look-up, intake, sweeps, platform): see <see cref="Databases"/>.
/// Writes go through <see cref="Writing.WriteAsync{T}"/>.
/// </remarks>
public abstract class AppDb(DbContextOptions options, Databases databases, Guid? tenant) : DbContext(options)
{
    /// <summary>Whose rows are seen; null for the system, which sees all.</summary>
    public Guid? Tenant { get; } = tenant;

    /// <summary>Used by the query filter. Without a tenant it matches no row.</summary>
    internal Guid TenantFilter => Tenant ?? Guid.Empty;

    internal Databases Databases { get; } = databases;

    /// <summary>Ids of rows that the current transaction holds locked, so that they need not be asked for again.</summary>
    internal HashSet<Guid> Locked { get; } = [];

    /// <summary>Message ids drawn ahead by the current transaction.</summary>
    internal Queue<long> Reserved { get; } = [];

    /// <summary>New rows that nobody looks at again before they are saved: they go past the change tracker, a table at a time.</summary>
    internal List<object> Appended { get; } = [];

    /// <summary>Appends to the change log in the current transaction; listeners are told after the commit.</summary>
    public void Record(Guid tenant, string kind, string entityId, Guid? conversation = null) => Appended.Add(new Change
    {
        TenantId = tenant, Kind = kind, EntityId = entityId, ConversationId = conversation, At = Databases.Time.Now(),
    });

    /// <summary>What was appended goes first, in the transaction that is open.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await BulkWrites.AppendAsync(this, cancellationToken);
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);
        OnDialect(modelBuilder);
        Conventions.Finish(modelBuilder, this);
    }

    /// <summary>The few things the two databases do differently.</summary>
    protected abstract void OnDialect(ModelBuilder model);
}

/// <summary>SQLite: times as Unix milliseconds, ids as 16 big-endian bytes, so that both sort as they should.</summary>
public sealed class SqliteDb(DbContextOptions options, Databases databases, Guid? tenant) : AppDb(options, databases, tenant)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MillisecondsConverter>();
        configurationBuilder.Properties<Guid>().HaveConversion<BigEndianGuidConverter>();
        configurationBuilder.Properties<ulong>().HaveConversion<long>();
    }

    protected override void OnDialect(ModelBuilder model) =>
        model.Entity<Number>(number =>
        {
            number.ToTable("number").HasKey(n => n.Name);
            number.HasData(new Number { Name = Numbers.Message, Next = 1 }, new Number { Name = Numbers.Change, Next = 1 });
        });
}

/// <summary>PostgreSQL 15 or newer.</summary>
public sealed class PostgresDb(DbContextOptions options, Databases databases, Guid? tenant) : AppDb(options, databases, tenant)
{
    protected override void OnDialect(ModelBuilder model)
    {
        model.HasSequence<long>("message_id");
        model.Entity<Change>(change =>
        {
            change.Property(c => c.Seq).UseIdentityAlwaysColumn();
            change.Property(c => c.Xid).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAdd();
        });
        model.Entity<ChangePruned>().Property(p => p.Xid).HasColumnType("xid8");
    }
}
