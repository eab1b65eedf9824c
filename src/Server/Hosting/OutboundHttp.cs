using System.Net;
using System.Net.Sockets;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Hosting;

/// <summary>
/// The clients for every call to an address that somebody typed in. Tenants could otherwise make the server call its own network, so each
/// connection is checked against the addresses it really goes to: a name that changes its address between check and use gains nothing.
/// </summary>
/// <remarks>No redirects (a bearer must not follow one), no retries (sends must not repeat), no cookies, no proxy.</remarks>
internal sealed class OutboundHttp : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HashSet<string> _privateHosts;
    private readonly SocketsHttpHandler _publicHandler;
    private readonly SocketsHttpHandler _privateHandler;
    private readonly HttpClient _public;
    private readonly HttpClient _private;

    public OutboundHttp(Settings settings)
    {
        _privateHosts = settings.Outbound.PrivateHosts.Select(h => h.Trim().Trim('[', ']')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // Two pools: an open connection of one must never serve the other.
        (_publicHandler, _privateHandler) = (Handler(mayReachPrivate: false), Handler(mayReachPrivate: true));
        (_public, _private) = (new HttpClient(_publicHandler) { Timeout = Longest }, new HttpClient(_privateHandler) { Timeout = Longest });
    }

    /// <param name="mayReachPrivate">Whether a platform administrator set the address.</param>
    public HttpClient For(bool mayReachPrivate) => mayReachPrivate ? _private : _public;

    /// <param name="homes">Addresses that a platform administrator set. Only what goes there may lead into a private network.</param>
    public HttpClient For(IReadOnlyCollection<Uri> homes) =>
        homes.Count == 0 ? _public : new HttpClient(HandlerFor(homes), disposeHandler: false) { Timeout = Longest };

    /// <summary>The connections behind <see cref="For(IReadOnlyCollection{Uri})"/>, for a client with other rules around them. Not to be disposed.</summary>
    public HttpMessageHandler HandlerFor(IReadOnlyCollection<Uri> homes) =>
        homes.Count == 0 ? _publicHandler : new HomeHandler(homes, _privateHandler, _publicHandler);

    /// <summary>The connections for addresses a platform administrator set, or for any others. Not to be disposed.</summary>
    public HttpMessageHandler HandlerFor(bool mayReachPrivate) => mayReachPrivate ? _privateHandler : _publicHandler;

    /// <summary>What kind of address this is, before it is kept. Names that do not resolve count as public; connecting checks again.</summary>
    public async Task<Reach> ReachOfAsync(Uri url, CancellationToken cancel)
    {
        var host = url.IdnHost.Trim('[', ']');
        if (_privateHosts.Contains(host)) return Reach.Listed;
        try
        {
            var addresses = await AddressesAsync(host, cancel);
            return Array.Exists(addresses, a => PrivateAddresses.IsPrivate(a) && !_privateHosts.Contains(a.ToString())) ? Reach.Private
                : Array.Exists(addresses, PrivateAddresses.IsPrivate) ? Reach.Listed
                : Reach.Public;
        }
        catch (SocketException) { return Reach.Public; }
    }

    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }

    private SocketsHttpHandler Handler(bool mayReachPrivate) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AutomaticDecompression = DecompressionMethods.All,
        ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, mayReachPrivate, cancel),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool mayReachPrivate, CancellationToken cancel)
    {
        var addresses = await ResolveAsync(target.Host, cancel);
        var allowed = mayReachPrivate || _privateHosts.Contains(target.Host)
            ? addresses
            : Array.FindAll(addresses, a => !PrivateAddresses.IsPrivate(a) || _privateHosts.Contains(a.ToString()));
        if (allowed.Length == 0)
            throw new ForbiddenAddressException($"{target.Host} is a private address, which this account may not call.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The resolver refuses 0.0.0.0 and :: as arguments, though connecting to them reaches this machine.</summary>
    private static async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancel) =>
        IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel);

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        try { return await AddressesAsync(host, cancel); }
        catch (SocketException e) { throw new HttpRequestException(HttpRequestError.NameResolutionError, $"{host} has no address.", e); }
    }
}

/// <summary>Where an address leads.</summary>
internal enum Reach
{
    Public,

    /// <summary>Into a private range, by the installation's own configuration.</summary>
    Listed,

    /// <summary>Into a private range: only a platform administrator may set it.</summary>
    Private,
}
