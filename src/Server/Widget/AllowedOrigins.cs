namespace ChatOperator.Widget;

/// <summary>Which sites may show a widget: the account's setting, e.g. <c>https://shop.example https://*.example.org</c>.</summary>
internal static class AllowedOrigins
{
    private static readonly char[] Between = [' ', ',', '\t', '\r', '\n'];

    /// <summary>Whether a browser's Origin is one of them. A star stands for every site, or before a dot for every subdomain.</summary>
    public static bool Allow(string setting, string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https")) return false;
        foreach (var allowed in setting.Split(Between, StringSplitOptions.RemoveEmptyEntries))
            if (allowed == "*" || Matches(allowed.TrimEnd('/'), origin, site)) return true;
        return false;
    }

    private static bool Matches(string allowed, string origin, Uri site)
    {
        if (allowed.Equals(origin, StringComparison.OrdinalIgnoreCase)) return true;
        var star = allowed.IndexOf("://*.", StringComparison.Ordinal);
        if (star < 0) return false;
        // "https://*.example.org:8443": the scheme and what follows the star, port included.
        var (scheme, rest) = (allowed[..star], allowed[(star + 4)..]);
        return site.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase) && site.Authority.EndsWith(rest, StringComparison.OrdinalIgnoreCase)
            && site.Authority.Length > rest.Length;
    }
}
