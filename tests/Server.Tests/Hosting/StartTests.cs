using System.Data.Common;
using System.Net;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Operators;
using ChatOperator.Tenancy;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

public abstract class StartTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_server_starts_on_an_empty_installation_and_answers()
    {
        await using var server = await TestServer.StartAsync(provider);
        using var answer = await server.Api.SendAsync(HttpMethod.Get, "/auth/nothing-here");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task It_starts_again_with_what_it_knew()
    {
        await using var installation = await Installation.CreateAsync(provider);
        var tenant = new Tenant { Id = Guid.CreateVersion7(), Name = "Panadería Aurora", CreatedAt = TimeProvider.System.Now() };
        await using (var first = await TestServer.StartAsync(installation))
        await using (var db = first.Services.GetRequiredService<Databases>().ForSystem())
            await db.WriteAsync(() => { db.Tenants.Add(tenant); return Task.CompletedTask; });

        await using var again = await TestServer.StartAsync(installation);
        await using var read = again.Services.GetRequiredService<Databases>().ForSystem();
        Assert.Equal(tenant.CreatedAt, (await read.Tenants.SingleAsync(t => t.Id == tenant.Id)).CreatedAt);
    }

    [Fact]
    public async Task A_newer_versions_database_is_refused_and_left_as_it_is()
    {
        await using var installation = await Installation.CreateAsync(provider);
        await using (await TestServer.StartAsync(installation)) { }
        await ExecuteAsync(installation, """INSERT INTO "__EFMigrationsHistory" VALUES ('29991231000000_Later', '99.0.0')""");

        var refusal = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(installation));
        Assert.Contains("29991231000000_Later", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("restore the backup", refusal.Message, StringComparison.Ordinal);
        if (provider == DatabaseProvider.Sqlite) // Commands find PostgreSQL by the process's environment alone.
        {
            var errors = new StringWriter();
            Assert.Equal(1, await Commands.RunAsync(["tenant", "list", "--data-directory", installation.DataDirectory], TextWriter.Null, errors, TextReader.Null));
            Assert.Contains("29991231000000_Later", errors.ToString(), StringComparison.Ordinal);
        }

        await ExecuteAsync(installation, """DELETE FROM "__EFMigrationsHistory" WHERE migration_id LIKE '2999%'""");
        await using var again = await TestServer.StartAsync(installation);
        Assert.NotEmpty((await again.Api.GetAsync("/platform/tenants")).EnumerateArray());
    }

    [Fact]
    public async Task Time_stands_still_when_asked()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { FrozenTime = true });
        var before = server.Time.GetUtcNow();
        server.FrozenTime!.Advance(TimeSpan.FromHours(24));
        Assert.Equal(before.AddHours(24), server.Time.GetUtcNow());
    }

    private async Task ExecuteAsync(Installation installation, string sql)
    {
        await using DbConnection connection = provider == DatabaseProvider.Sqlite
            ? new SqliteConnection($"Data Source={Directory.GetFiles(installation.DataDirectory, "*.db").Single()};Pooling=false")
            : new NpgsqlConnection(installation.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}

public sealed class StartOnSqlite() : StartTests(DatabaseProvider.Sqlite)
{
    [Fact]
    public async Task A_second_process_on_the_same_directory_is_refused()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        await using var first = await TestServer.StartAsync(installation);
        var refusal = await Assert.ThrowsAsync<StartException>(() => TestServer.StartAsync(installation));
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
    }
}

public sealed class StartOnPostgres() : StartTests(DatabaseProvider.Postgres)
{
    [Fact]
    public async Task It_runs_as_two_roles_that_own_nothing()
    {
        await using var server = await TestServer.StartAsync(DatabaseProvider.Postgres);
        var databases = server.Services.GetRequiredService<Databases>();
        await using var caller = databases.For(Guid.CreateVersion7(server.Time.GetUtcNow()));
        await using var system = databases.ForSystem();
        Assert.Equal("chatoperator_app", (await caller.Database.SqlQuery<string>($"SELECT current_user::text AS \"Value\"").ToListAsync()).Single());
        Assert.Equal("chatoperator_system", (await system.Database.SqlQuery<string>($"SELECT current_user::text AS \"Value\"").ToListAsync()).Single());
    }
}
