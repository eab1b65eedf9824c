using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>An error in YCloud's words; <paramref name="Meta"/> is WhatsApp's own, when the refusal is WhatsApp's.</summary>
internal sealed record YCloudError(int Http, string Code, string Message, GraphError? Meta = null) : IResult
{
    public static YCloudError Of(GraphError meta) => new(meta.Http, meta.Http >= 500 ? "INTERNAL_SERVER_ERROR" : "BAD_REQUEST", meta.Message, meta);

    public static readonly YCloudError Unauthorized = new(401, "UNAUTHORIZED", "The API key is missing or not valid.");

    public static YCloudError NotFound(string what) => new(404, "NOT_FOUND", $"{what} does not exist.");

    /// <summary>Meta's error as YCloud hands it on: its code becomes a string.</summary>
    public static JsonObject Describe(GraphError meta)
    {
        var error = (JsonObject)meta.ToAnswer()["error"]!.DeepClone();
        error["code"] = meta.Code.ToString(CultureInfo.InvariantCulture);
        return error;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var error = new JsonObject
        {
            ["status"] = Http,
            ["code"] = Code,
            ["message"] = Message,
            ["docUrl"] = "https://docs.ycloud.com/reference/errors",
            ["requestId"] = "req_" + RandomNumberGenerator.GetHexString(32, lowercase: true),
        };
        if (Meta is not null) error["whatsappApiError"] = Describe(Meta);
        httpContext.Response.StatusCode = Http;
        if (Http == 429) httpContext.Response.Headers.RetryAfter = "1";
        return httpContext.Response.WriteAsJsonAsync(new JsonObject { ["error"] = error });
    }
}
