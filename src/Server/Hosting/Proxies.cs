using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ChatOperator.Hosting;

/// <summary>Believes a reverse proxy about the client's address and scheme, if the proxy is on this machine or configured.</summary>
internal static class Proxies
{
    /// <exception cref="StartException">A configured proxy is neither an address nor a network.</exception>
    public static void AddProxies(this IServiceCollection services, Settings settings) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in settings.TrustedProxies)
                if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
                else if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
                else throw new StartException($"TrustedProxies: {proxy} is neither an address nor a network such as 10.0.0.0/8.");
        });
}
