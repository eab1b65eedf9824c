using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using ChatOperator.Sandbox.Control;
using Microsoft.AspNetCore.StaticFiles;

namespace ChatOperator.Sandbox.WebWidget;

/// <summary>
/// A business's own web site at <c>/site</c>, with the widget on it: a page on another origin than the server's, under a strict policy,
/// that vouches for its signed-in customers, and whose styles can be turned hostile.
/// </summary>
internal sealed class Site
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    private volatile Embed? _embed;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/control/site", async (HttpRequest request) =>
        {
            _embed = Check(await ControlJson.ReadAsync<Embed>(request));
            return Results.NoContent();
        });
        api.MapGet("/site", (HttpContext http, string? server, string? widget, string? user, string? language, string? hostile) =>
            Page(http, server is null || widget is null ? _embed : Check(new Embed(server, widget)), user, language, hostile is not null));
        api.MapGet("/site/{name}", (string name) => Read(name) is { } file ? Results.Bytes(file, TypeOf(name)) : Results.NotFound());
    }

    private static Embed Check(Embed embed) =>
        Uri.TryCreate(embed.Server, UriKind.Absolute, out var server) && server.Scheme is "http" or "https" && embed.Widget.Length > 0
            ? embed with { Server = server.GetLeftPart(UriPartial.Authority) } : throw new ControlException("server and widget are needed");

    /// <summary>The page as the business's server writes it, with the proof of who is signed in.</summary>
    private static IResult Page(HttpContext http, Embed? embed, string? user, string? language, bool hostile)
    {
        var origin = embed?.Server ?? "";
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self'; script-src 'self' {origin}; connect-src {origin}; img-src 'self' {origin}; media-src {origin}; form-action 'self'; base-uri 'none'";
        var script = embed is null
            ? "<p class=\"missing\">No widget yet: PUT /control/site {server, widget, identity_secret}.</p>"
            : $"<script src=\"{Encode(embed.Server)}/widget.js\" data-widget=\"{Encode(embed.Widget)}\"{Spoken(language)}{Vouched(user, embed)} async></script>";
        var html = Encoding.UTF8.GetString(Read("index.html")!)
            .Replace("<!-- widget -->", script, StringComparison.Ordinal)
            .Replace("<!-- hostile -->", hostile ? "<link rel=\"stylesheet\" href=\"/site/hostile.css\">" : "", StringComparison.Ordinal)
            .Replace("{user}", Encode(user ?? ""), StringComparison.Ordinal);
        return Results.Content(html, "text/html; charset=utf-8");
    }

    private static string Spoken(string? language) => language is null ? "" : $" data-language=\"{Encode(language)}\"";

    private static string Vouched(string? user, Embed embed) => user is { Length: > 0 } && embed.IdentitySecret is { } secret
        ? $" data-user=\"{Encode(user)}\" data-user-hash=\"{Prove(user, secret)}\" data-user-name=\"{Encode(user)}\"" : "";

    private static string Prove(string user, string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(user)));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static byte[]? Read(string name)
    {
        using var stream = typeof(Site).Assembly.GetManifestResourceStream("site/" + name);
        if (stream is null) return null;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string TypeOf(string name) => Types.TryGetContentType(name, out var type) ? type : "application/octet-stream";

    /// <summary>Whose widget the page shows; the secret is what the business's own server knows.</summary>
    private sealed record Embed(string Server, string Widget, string? IdentitySecret = null);
}
