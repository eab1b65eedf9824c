using Microsoft.AspNetCore.StaticFiles;

namespace ChatOperator.Sandbox;

/// <summary>The customers' phones in a browser, at <c>/phone</c>.</summary>
internal static class PhonePage
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/", () => Results.Redirect("/phone"));
        api.MapGet("/phone", () => File("index.html"));
        api.MapGet("/phone/{name}", File);
    }

    private static IResult File(string name)
    {
        var stream = typeof(PhonePage).Assembly.GetManifestResourceStream("phone/" + name);
        if (stream is null) return Results.NotFound();
        return Results.Stream(stream, Types.TryGetContentType(name, out var type) ? type : "application/octet-stream");
    }
}
