namespace ChatOperator.Hosting;

/// <summary>
/// What every answer tells browsers. Set when the answer begins and only where an endpoint has not said otherwise, so that pages made to
/// be embedded elsewhere can.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Scripts only from here and no frames: what a customer writes can never run in an operator's browser. Styles may stand in the page
    /// because the console's dialogs lock scrolling by them; scripts may not.
    /// </summary>
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The API reference carries its settings in a script of the page; it shows nothing that people wrote.</summary>
    private const string ReferencePolicy = Policy + "; script-src 'self' 'unsafe-inline'; font-src 'self' data:";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isHttps = app.Services.GetRequiredService<Settings>().IsHttps;
        app.Use((http, next) =>
        {
            // Networks are no browsers, and theirs is the larger part of all requests.
            if (http.Request.Path.StartsWithSegments("/webhooks")) return next(http);
            http.Response.OnStarting(() =>
            {
                Set(http, isHttps);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static void Set(HttpContext http, bool isHttps)
    {
        var (path, headers) = (http.Request.Path, http.Response.Headers);
        headers.TryAdd("Content-Security-Policy", path.StartsWithSegments("/reference") ? ReferencePolicy : Policy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        if (isHttps) headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        if (path.StartsWithSegments("/admin") || path.StartsWithSegments("/auth") || path.StartsWithSegments("/platform"))
            headers.TryAdd("Cache-Control", "private, no-cache");
    }
}
