using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChatOperator.Sandbox;

/// <summary>Stands before the media hosts and plays their faults: refusals, and files that have moved to a store.</summary>
internal sealed class MediaFaults(World world)
{
    private static readonly string[] Credentials = ["Authorization", "X-API-Key"];

    private readonly ConcurrentDictionary<string, (PathString Path, QueryString Query, IHeaderDictionary Headers)> _moved = new();

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (request.Path.StartsWithSegments("/store", out var key) && _moved.TryGetValue(key.Value!.Trim('/'), out var moved))
        {
            // A signed address and a credential at once is one proof too many, as object stores see it.
            if (Array.Exists(Credentials, name => request.Headers.ContainsKey(name)))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            (request.Path, request.QueryString) = (moved.Path, moved.Query);
            foreach (var name in Credentials) request.Headers[name] = moved.Headers[name];
        }
        else if (world.Faults.ForMedia() is { } fault)
        {
            if (fault.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), world.Time);
            if (fault.Http is { } status) http.Response.StatusCode = status;
            else if (fault.Redirect is { } place) http.Response.Redirect(place == "store" ? Move(request) : place);
            if (fault is not { Http: null, Redirect: null }) return;
        }

        await next(http);
    }

    private string Move(HttpRequest request)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        var headers = new HeaderDictionary();
        foreach (var name in Credentials) headers[name] = request.Headers[name];
        _moved[key] = (request.Path, request.QueryString, headers);
        return $"{request.Scheme}://{request.Host}/store/{key}";
    }
}
