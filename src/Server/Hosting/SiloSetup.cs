using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;

namespace ChatOperator.Hosting;

/// <summary>The Orleans silo of this node. Grains keep time and turn only, in memory; the truth is in the database.</summary>
internal static class SiloSetup
{
    public static void AddSilo(this WebApplicationBuilder builder, Settings settings)
    {
        builder.UseOrleans(silo =>
        {
            if (settings.Cluster.Enabled) silo.JoinCluster(settings);
            else silo.StandAlone();
            // A lane that has nothing to do is rebuilt from its row in a moment; memory is better spent otherwise.
            silo.Configure<GrainCollectionOptions>(o => o.CollectionAge = TimeSpan.FromMinutes(10));
            // Where the grains of other nodes stand. The room is taken at the start, twice: for the million that is usual, 19 MB.
            silo.Configure<GrainDirectoryOptions>(o => o.CacheSize = 50_000);
        });
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Orleans", LogLevel.Warning);
        // Warns of a stall as long as the machine is up, and of workstation garbage collection, which is what a small machine wants.
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.SiloControl", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
    }

    /// <summary>One silo, reachable from nowhere else; any number of such nodes may run on one machine.</summary>
    private static void StandAlone(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(siloPort: FreePort(), gatewayPort: 0, serviceId: "chat-operator", clusterId: "alone");

    /// <summary>A port nobody listens on at this moment.</summary>
    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
