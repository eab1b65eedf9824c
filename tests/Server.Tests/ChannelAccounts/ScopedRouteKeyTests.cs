using System.Data.Common;
using System.Net;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.ChannelAccounts;

/// <summary>Accounts at Chatwoot that were connected before their key named the installation.</summary>
public abstract class ScopedRouteKeyTests(DatabaseProvider provider)
{
    [Fact]
    public async Task An_upgrade_gives_old_accounts_the_key_of_new_ones_and_they_go_on_receiving()
    {
        await using var installation = await Installation.CreateAsync(provider);
        await using var sandbox = await TestSandbox.StartAsync();
        Guid id;
        string token, full;
        object again;
        await using (var before = await TestServer.StartAsync(installation))
        {
            var tenant = await before.TenantAsync();
            var account = await tenant.ChatwootAsync(sandbox);
            (id, token) = (account.Id, tenant.Api.Token!);
            again = new { channel = "chatwoot", name = "Again", settings = account.Settings };
            await using var db = before.Services.GetRequiredService<Databases>().ForSystem();
            var row = await db.ChannelAccounts.SingleAsync(a => a.Id == id);
            full = row.RouteKey;
            await db.WriteAsync(() => { row.RouteKey = account["inbox_id"]; return Task.CompletedTask; });
            await before.StopAsync();
        }
        await ForgetMigrationAsync(installation);

        await using var server = await TestServer.StartAsync(installation);
        await using var read = server.Services.GetRequiredService<Databases>().ForSystem();
        Assert.Equal(full, (await read.ChannelAccounts.SingleAsync(a => a.Id == id)).RouteKey);
        using var api = new Api(server.Address, token);
        await api.RefusedAsync(HttpStatusCode.Conflict, "account_exists", HttpMethod.Post, "/admin/channel-accounts", again);
    }

    /// <summary>As an older version left the database, as far as this migration is concerned.</summary>
    private async Task ForgetMigrationAsync(Installation installation)
    {
        await using DbConnection connection = provider == DatabaseProvider.Sqlite
            ? new SqliteConnection($"Data Source={Directory.GetFiles(installation.DataDirectory, "*.db").Single()}")
            : new NpgsqlConnection(installation.ConnectionString);
        await connection.OpenAsync();
        await using var forget = connection.CreateCommand();
        forget.CommandText = """DELETE FROM "__EFMigrationsHistory" WHERE "migration_id" LIKE '%_ScopedRouteKeys'""";
        Assert.Equal(1, await forget.ExecuteNonQueryAsync());
    }
}

public sealed class ScopedRouteKeyOnSqlite() : ScopedRouteKeyTests(DatabaseProvider.Sqlite);

public sealed class ScopedRouteKeyOnPostgres() : ScopedRouteKeyTests(DatabaseProvider.Postgres);
