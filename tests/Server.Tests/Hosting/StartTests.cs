using System.Net;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
    public async Task Time_stands_still_when_asked()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { FrozenTime = true });
        var before = server.Time.GetUtcNow();
        server.FrozenTime!.Advance(TimeSpan.FromHours(24));
        Assert.Equal(before.AddHours(24), server.Time.GetUtcNow());
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
