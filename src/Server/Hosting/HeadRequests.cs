using Microsoft.AspNetCore.Http.Metadata;

namespace ChatOperator.Hosting;

/// <summary>
/// HEAD is taken wherever GET is, as monitors and link checkers ask for it: the same status and headers, without the body, which the
/// server leaves out by itself.
/// </summary>
internal static class HeadRequests
{
    private const string Stream = "text/event-stream";

    /// <summary>Finds the endpoint that GET would find; handlers see HEAD again, so that files are not read for nothing.</summary>
    public static void UseRoutingOfHead(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            // Visitors' endpoints short-circuit: they would not see HEAD again, and one of them is a stream.
            if (!HttpMethods.IsHead(http.Request.Method) || http.Request.Path.StartsWithSegments("/widget")) return next(http);
            http.Request.Method = HttpMethods.Get;
            http.Items[typeof(HeadRequests)] = true;
            return next(http);
        });
        // Here, so that endpoints that short-circuit (webhooks: signed, not signed in) skip what follows but keep what stands above.
        app.UseRouting();
        app.Use((http, next) =>
        {
            if (!http.Items.ContainsKey(typeof(HeadRequests))) return next(http);
            http.Request.Method = HttpMethods.Head;
            if (http.GetEndpoint() is { } found && IsStream(found)) http.SetEndpoint(new Endpoint(Refuse, found.Metadata, found.DisplayName));
            return next(http);
        });
    }

    /// <summary>A stream has nothing to say before its first event, and without a body it would never end.</summary>
    private static bool IsStream(Endpoint endpoint) =>
        endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => p.ContentTypes.Contains(Stream, StringComparer.Ordinal));

    private static Task Refuse(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Allow = HttpMethods.Get;
        return Task.CompletedTask;
    }
}
