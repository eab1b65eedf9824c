using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>An error in the Graph API's words, as an answer or inside a status webhook.</summary>
/// <remarks>Rate limits come with HTTP 400, as they do from the real network: only the code says what happened.</remarks>
internal sealed record GraphError(int Http, int Code, string Message, string? Details = null, int? Subcode = null) : IResult
{
    private const string Help = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";

    private static readonly Dictionary<int, (int Http, string Title)> Known = new()
    {
        [0] = (401, "AuthException"),
        [1] = (400, "API Unknown"),
        [2] = (503, "API Service"),
        [3] = (500, "API Method"),
        [4] = (400, "API Too Many Calls"),
        [10] = (403, "Permission Denied"),
        [33] = (400, "Parameter value is not valid"),
        [100] = (400, "Invalid parameter"),
        [190] = (401, "Invalid OAuth access token - Cannot parse access token"),
        [368] = (403, "Temporarily blocked for policies violations"),
        [80007] = (400, "Rate limit issues"),
        [130429] = (400, "Rate limit hit"),
        [130472] = (400, "User's number is part of an experiment"),
        [130497] = (403, "Business account is restricted from messaging users in this country"),
        [131000] = (500, "Something went wrong"),
        [131005] = (403, "Access denied"),
        [131008] = (400, "Required parameter is missing"),
        [131009] = (400, "Parameter value is not valid"),
        [131016] = (500, "Service unavailable"),
        [131021] = (400, "Recipient cannot be sender"),
        [131026] = (400, "Message undeliverable"),
        [131030] = (400, "Recipient phone number not in allowed list"),
        [131031] = (403, "Business Account locked"),
        [131037] = (400, "WhatsApp provided number needs display name approval before message can be sent"),
        [131042] = (400, "Business eligibility payment issue"),
        [131045] = (500, "Incorrect certificate"),
        [131047] = (400, "Re-engagement message"),
        [131048] = (400, "Spam rate limit hit"),
        [131049] = (400, "This message was not delivered to maintain healthy ecosystem engagement"),
        [131050] = (400, "User has stopped marketing messages"),
        [131051] = (400, "Unsupported message type"),
        [131052] = (400, "Media download error"),
        [131053] = (400, "Media upload error"),
        [131055] = (400, "Method not allowed"),
        [131056] = (400, "(Business Account, Consumer Account) pair rate limit hit"),
        [131057] = (500, "Account in maintenance mode"),
        [131062] = (400, "Business-scoped user id is not supported for this message"),
        [132000] = (400, "Number of parameters does not match the expected number of params"),
        [132001] = (404, "Template name does not exist in the translation"),
        [132005] = (400, "Translated text too long"),
        [132007] = (400, "Template format character policy violated"),
        [132012] = (400, "Parameter format does not match format in the created template"),
        [132015] = (400, "Template is paused"),
        [132016] = (400, "Template is disabled"),
        [133004] = (503, "Server temporarily unavailable"),
        [133010] = (400, "Phone number not registered"),
        [135000] = (400, "Generic user error"),
    };

    /// <summary>The error of this code with its usual HTTP status and title.</summary>
    public static GraphError Of(int code, string? details = null) =>
        Known.TryGetValue(code, out var known) ? new(known.Http, code, known.Title, details) : new(400, code, "Unknown error", details);

    /// <summary>Nothing on the graph has this id, or the token may not see it: the network does not tell which.</summary>
    public static GraphError NoSuchObject(string id, string verb) => new(400, 100,
        $"Unsupported {verb} request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, "
        + "or does not support this operation", Subcode: 33);

    /// <summary>The body of the HTTP answer.</summary>
    public JsonObject ToAnswer()
    {
        var error = new JsonObject
        {
            // Codes of the general Graph API read as sentences; WhatsApp's own carry their number.
            ["message"] = Code is 190 || Subcode is 33 ? Message : $"(#{Code}) {Message}",
            ["type"] = Subcode is 33 ? "GraphMethodException" : "OAuthException",
            ["code"] = Code,
        };
        if (Details is not null)
            error["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = Details };
        if (Subcode is not null) error["error_subcode"] = Subcode;
        error["fbtrace_id"] = "A" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return new JsonObject { ["error"] = error };
    }

    /// <summary>The form inside <c>statuses[].errors</c>.</summary>
    public JsonObject ToStatus() => new()
    {
        ["code"] = Code,
        ["title"] = Message,
        ["message"] = Message,
        ["error_data"] = new JsonObject { ["details"] = Details ?? Message },
        ["href"] = Help,
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Http;
        return httpContext.Response.WriteAsJsonAsync(ToAnswer());
    }
}
