using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatOperator.Db;

/// <summary>Brings the database to this version at every start: migrations, and on PostgreSQL the two roles and the walls between tenants.</summary>
internal static class Schema
{
    private static readonly string Roles = string.Join('\n', ((string[])[Postgres.AppRole, Postgres.SystemRole]).Select(role => $"""
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
          IF NOT pg_has_role(CURRENT_USER, '{role}', 'MEMBER') THEN GRANT {role} TO CURRENT_USER; END IF;
        END $$;
        """));

    /// <exception cref="StartException">The database cannot be reached, or its user may not create the roles.</exception>
    public static async Task PrepareAsync(Databases databases, Settings settings, CancellationToken cancel = default)
    {
        if (databases.Provider == DatabaseProvider.Sqlite) await PrepareSqliteAsync(databases, cancel);
        else await PreparePostgresAsync(databases, settings.Database.ConnectionString, cancel);
    }

    /// <summary>For commands beside the server, which must not migrate under one that runs.</summary>
    /// <exception cref="StartException">The database cannot be reached, or is of another version.</exception>
    public static async Task RequireCurrentAsync(Databases databases, CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        try
        {
            if (await IsCurrentAsync(db, cancel)) return;
        }
        catch (Exception e) when (StoreFailures.Of(e) == StoreFailure.Outage)
        {
            throw new StartException($"The database cannot be reached: {e.InnerException?.Message ?? e.Message}");
        }
        throw new StartException("The database is not at this version: start the server once, which brings it there.");
    }

    private static async Task PrepareSqliteAsync(Databases databases, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancel);
        await MigrateAsync(db, cancel);
    }

    private static async Task PreparePostgresAsync(Databases databases, string connectionString, CancellationToken cancel)
    {
        if (connectionString.Length == 0) throw new StartException("CHATOPERATOR__Database__ConnectionString is needed for PostgreSQL.");
        await using var owner = NpgsqlDataSource.Create(connectionString);
        await using var connection = await OpenAsync(owner, cancel);
        // Nodes that start together prepare one after the other.
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({(int)AdvisoryLock.Schema})", cancel);
        await CreateRolesAsync(connection, cancel);
        var options = new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options;
        await using var db = new PostgresDb(options, databases, null);
        await MigrateAsync(db, cancel);
        await ExecuteAsync(connection, string.Join(";\n", Walls(db)), cancel);
        await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({(int)AdvisoryLock.Schema})", cancel);
    }

    /// <remarks>Asked first: migrating compares whole models before it looks whether there is anything to do.</remarks>
    private static async Task MigrateAsync(AppDb db, CancellationToken cancel)
    {
        if (!await IsCurrentAsync(db, cancel)) await db.Database.MigrateAsync(cancel);
    }

    /// <exception cref="StartException">A newer version has been here: what it keeps, this one would misread or spoil.</exception>
    private static async Task<bool> IsCurrentAsync(AppDb db, CancellationToken cancel)
    {
        var known = db.Database.GetMigrations().ToHashSet();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Find(migration => !known.Contains(migration)) is { } newer)
            throw new StartException($"The database belongs to another version of Chat Operator ({newer}): start that version, or restore the backup made before it.");
        return applied.Count == known.Count;
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource owner, CancellationToken cancel)
    {
        try { return await owner.OpenConnectionAsync(cancel); }
        catch (NpgsqlException e) { throw new StartException($"PostgreSQL cannot be reached: {e.Message}"); }
    }

    private static async Task CreateRolesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try { await ExecuteAsync(connection, Roles, cancel); }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            var user = new NpgsqlConnectionStringBuilder(connection.ConnectionString).Username;
            throw new StartException($"""
                The database user may not create roles. Run this once as a superuser, leaving out roles that exist:
                CREATE ROLE {Postgres.AppRole} NOLOGIN;
                CREATE ROLE {Postgres.SystemRole} NOLOGIN;
                GRANT {Postgres.AppRole}, {Postgres.SystemRole} TO "{user}";
                """);
        }
    }

    /// <summary>Row-level security for every tenant's table of the model, so that no table can be forgotten. Repeatable.</summary>
    private static IEnumerable<string> Walls(AppDb db)
    {
        yield return $"GRANT USAGE ON SCHEMA public TO {Postgres.AppRole}, {Postgres.SystemRole}";
        yield return $"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {Postgres.AppRole}, {Postgres.SystemRole}";
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            yield return $"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {Postgres.SystemRole}";
            var tenantColumn = typeof(ITenantOwned).IsAssignableFrom(entity.ClrType) ? "tenant_id" : entity.ClrType == typeof(Tenant) ? "id" : null;
            if (tenantColumn is null) continue;
            yield return $"""
                GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {Postgres.AppRole};
                DO $$ BEGIN
                  IF NOT EXISTS (SELECT FROM pg_policies WHERE schemaname = 'public' AND tablename = '{table}' AND policyname = 'tenant') THEN
                    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
                    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
                    CREATE POLICY tenant ON {table} TO {Postgres.AppRole}
                      USING ({tenantColumn} = nullif(current_setting('app.tenant_id', true), '')::uuid)
                      WITH CHECK ({tenantColumn} = nullif(current_setting('app.tenant_id', true), '')::uuid);
                    CREATE POLICY system ON {table} TO {Postgres.SystemRole} USING (true) WITH CHECK (true);
                  END IF;
                END $$
                """;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
