using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace ChatOperator.Hosting;

/// <summary>Believes a reverse proxy about the client's address and scheme, if the proxy is on this machine or configured.</summary>
internal static class Proxies
{
    public static void AddProxies(this IServiceCollection services, Settings settings) =>
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // A chain of proxies is followed to its end, which is the first address that is not believed.
            options.ForwardLimit = null;
            foreach (var proxy in settings.TrustedProxies)
                if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
                else options.KnownProxies.Add(IPAddress.Parse(proxy));
        });
}
