using System.Net;
using Npgsql;
using Orleans.Configuration;

namespace ChatOperator.Hosting;

/// <summary>Several nodes over one PostgreSQL: the database is also where they find each other.</summary>
internal static class SiloCluster
{
    /// <summary>A dead node's lanes come back in under two seconds; the defaults take twenty.</summary>
    public static void JoinCluster(this ISiloBuilder silo, Settings settings)
    {
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", settings.Database.ConnectionString));
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("chat-operator", "chat-operator"));
        silo.Configure<EndpointOptions>(o =>
        {
            o.AdvertisedIPAddress = settings.Cluster.Address.Length > 0 ? IPAddress.Parse(settings.Cluster.Address) : IPAddress.Loopback;
            o.SiloPort = settings.Cluster.Port > 0 ? settings.Cluster.Port : SiloSetup.FreePort();
            o.GatewayPort = 0;
        });
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            o.NumMissedProbesLimit = 2;
            o.NumVotesForDeathDeclaration = 1;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            o.DefunctSiloExpiration = TimeSpan.FromDays(1);
            o.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
    }

    /// <summary>Makes the tables by which nodes find each other. Repeatable.</summary>
    public static async Task PrepareClusterAsync(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<Settings>();
        if (!settings.Cluster.Enabled) return;
        await using var connection = new NpgsqlConnection(settings.Database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(SiloMembership.Script, connection, transaction);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
