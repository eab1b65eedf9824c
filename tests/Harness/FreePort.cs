using System.Net;
using System.Net.Sockets;

namespace ChatOperator.Harness;

/// <summary>Addresses that must be known before the server listens, because it prints them into links.</summary>
public static class FreePort
{
    /// <summary>A loopback port nobody listened on a moment ago.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts something on a free port; when another process was faster, tries the next.</summary>
    public static async Task<T> UseAsync<T>(Func<int, Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { return await start(Next()); }
            catch (IOException) when (attempt < 5) { }
        }
    }
}
