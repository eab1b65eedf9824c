using System.Net;
using System.Net.Sockets;

namespace ChatOperator.Widget;

/// <summary>Who counts as one sender on the network.</summary>
internal static class NetworkAddress
{
    /// <summary>An IPv4 address, or the /64 of an IPv6 one: a household has a whole such network, and could draw an address for every request.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }
}
