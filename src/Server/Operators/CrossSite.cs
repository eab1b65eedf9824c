using ChatOperator.Hosting;

namespace ChatOperator.Operators;

/// <summary>
/// Refuses writes that another site makes a signed-in browser send. Browsers say where a request comes from in Sec-Fetch-Site, older
/// ones in Origin, and pages cannot forge either. A request with neither is not a browser's, and its cookie was put there on purpose.
/// </summary>
internal static class CrossSite
{
    /// <exception cref="Problem">403 cross_site_request.</exception>
    public static void Check(HttpRequest request, Settings settings)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return;
        if (IsOurs(request, settings)) return;
        throw new Problem(
            403, "cross_site_request", "This request comes from a page of another site.",
            "Use the console at the server's own address; if that is what you do, set PublicUrl to that address.");
    }

    private static bool IsOurs(HttpRequest request, Settings settings)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "same-origin" or "none") return true;
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return site.Length == 0;
        return origin == $"{request.Scheme}://{request.Host}" || origin == settings.PublicOrigin;
    }
}
