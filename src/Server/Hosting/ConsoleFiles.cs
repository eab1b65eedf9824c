using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace ChatOperator.Hosting;

/// <summary>
/// Serves the operator console from <c>wwwroot</c> beside the server: files that were compressed when they were built, and its one page
/// for every address that nothing else answers, so that a link into the console works.
/// </summary>
internal static class ConsoleFiles
{
    /// <summary>Names in this folder carry a hash of what is in them.</summary>
    private const string Immutable = "/assets/";

    private const string Page = "/index.html";

    /// <summary>The script that other sites embed: they keep it for a while, and it may be shown wherever they allow it.</summary>
    private const string Widget = "/widget.js";

    private static readonly FileExtensionContentTypeProvider Types = new();

    private static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>
    /// Answers what no endpoint is meant by. Not an endpoint itself: one that takes everything would also take what others refuse for
    /// its method or its content type.
    /// </summary>
    public static void UseConsole(this WebApplication app)
    {
        var files = app.Environment.WebRootFileProvider;
        var taken = new Lazy<HashSet<string>>(() => FirstSegments(app));
        app.Use((http, next) => http.GetEndpoint() is null ? Answer(http, files, taken.Value).ExecuteAsync(http) : next(http));
    }

    private static PhysicalFileHttpResult Answer(HttpContext http, IFileProvider files, HashSet<string> taken)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)) throw Problem.NotFound();
        var path = http.Request.Path.Value is { Length: > 1 } given ? given : Page;
        if (Find(files, path) is { } file) return Send(http, files, path, file);
        if (!IsPage(http.Request, path, taken)) throw Problem.NotFound();
        return Find(files, Page) is { } page ? Send(http, files, Page, page) : throw new Problem(
            404, "console_missing", "This server was built without the console.", "Build it with Node installed, or use the API.");
    }

    /// <summary>An address inside the console, not a mistyped one of the API or of a file.</summary>
    private static bool IsPage(HttpRequest request, string path, HashSet<string> taken)
    {
        if (Path.HasExtension(path) && path != Page) return false;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || !taken.Contains(segments[0])) return true;
        // The console has pages that are called like a part of the API; only a browser asks for them.
        return segments.Length == 1 && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    private static IFileInfo? Find(IFileProvider files, string path) =>
        files.GetFileInfo(path) is { Exists: true, IsDirectory: false, PhysicalPath: not null } file ? file : null;

    private static PhysicalFileHttpResult Send(HttpContext http, IFileProvider files, string path, IFileInfo file)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = path.StartsWith(Immutable, StringComparison.Ordinal) ? "public, max-age=31536000, immutable"
            : path == Widget ? "public, max-age=600, stale-while-revalidate=86400" : "no-cache";
        if (path == Widget) headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Vary = HeaderNames.AcceptEncoding;
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        if (type is "text/html" or "text/javascript" or "text/css") type += "; charset=utf-8";
        var (sent, coding) = Smallest(http.Request, files, path, file);
        if (coding.Length > 0) headers.ContentEncoding = coding;
        var tag = new EntityTagHeaderValue($"\"{file.LastModified.ToUnixTimeMilliseconds():x}-{sent.Length:x}\"");
        return TypedResults.PhysicalFile(sent.PhysicalPath!, type, lastModified: file.LastModified, entityTag: tag);
    }

    private static (IFileInfo File, string Coding) Smallest(HttpRequest request, IFileProvider files, string path, IFileInfo plain)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        foreach (var (coding, suffix) in Codings)
            if (accepted.Any(a => a.Value == coding && a.Quality is not 0) && Find(files, path + suffix) is { } compressed)
                return (compressed, coding);
        return (plain, "");
    }

    /// <summary>What the server's own addresses begin with, read from its endpoints so that no list can lag behind.</summary>
    private static HashSet<string> FirstSegments(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.PathSegments is [{ Parts: [Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart first] }, ..] ? first.Content : null)
            .OfType<string>()
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
}
