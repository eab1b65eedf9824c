using System.Net;
using System.Net.Sockets;

namespace ChatOperator.Harness;

/// <summary>Addresses that must be known before the server listens, because it prints them into links.</summary>
public static class FreePort
{
    private const int First = 12_000;

    /// <summary>Linux gives ports from here on to connections that go out.</summary>
    private const int Beyond = 32_000;

    /// <summary>
    /// A loopback port nobody listened on a moment ago. None that the system gives to outgoing connections: one of those would keep a
    /// server that is killed from coming back.
    /// </summary>
    public static int Next()
    {
        while (true)
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, Beyond));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse) { } // Another one, then.
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
