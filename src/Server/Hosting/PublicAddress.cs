using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ChatOperator.Hosting;

/// <summary>
/// The address that our links begin with: PublicUrl, or the first one the server listens at while that is not set. Never the Host header,
/// which whoever makes a request may choose.
/// </summary>
internal sealed class PublicAddress(Settings settings, IServer server, ILogger<PublicAddress> log)
{
    private readonly Lazy<string> _bound = new(() => Bound(server, log));

    /// <summary>Without a slash at the end.</summary>
    public string Url => settings.PublicUrl.Length > 0 ? settings.PublicUrl.TrimEnd('/') : _bound.Value;

    /// <summary>Scheme, host and port as browsers write an origin.</summary>
    public string Origin => new Uri(Url).GetLeftPart(UriPartial.Authority);

    private static string Bound(IServer server, ILogger log)
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5000";
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "+" or "*" or "[::]" or "0.0.0.0" ? "localhost" : address.Host;
        var url = $"{address.Scheme}://{host}:{address.Port}";
        log.LogWarning("PublicUrl is not set: webhook, media and widget addresses begin with {Url}, which only this machine may reach.", url);
        return url;
    }
}
