using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>An error of the Graph API for messages of pages and Instagram accounts.</summary>
internal sealed record MetaError(int Http, int Code, string Message, int? Subcode = null) : IResult
{
    /// <summary>An error by its code, with the HTTP status that it usually has.</summary>
    public static MetaError Of(int code, string message = "Injected by the sandbox.", int? subcode = null) => new(
        code switch { 190 or 102 => 401, 10 or 200 or 230 or 299 or 368 => 403, 1 or 2 => 500, _ => 400 }, code, message, subcode);

    public static MetaError BadToken { get; } = Of(190, "Invalid OAuth access token - Cannot parse access token");

    /// <summary>Nothing on the graph has this id, or the token may not see it: the network does not tell which.</summary>
    public static MetaError NoSuchObject(string id) => Of(
        100, $"Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation", 33);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new JsonObject
        {
            ["message"] = Code == 190 ? Message : $"(#{Code}) {Message}",
            ["type"] = "OAuthException",
            ["code"] = Code,
        };
        if (Subcode is not null) error["error_subcode"] = Subcode;
        error["fbtrace_id"] = "A" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        httpContext.Response.StatusCode = Http;
        return httpContext.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    }
}
