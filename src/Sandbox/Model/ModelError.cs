using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Model;

/// <summary>A refusal in the words of the chat completions API.</summary>
internal sealed record ModelError(int Http, string Type, string? Code, string Message, string? Param = null)
{
    private static readonly Dictionary<string, ModelError> Known = new List<ModelError>
    {
        new(400, "invalid_request_error", "context_length_exceeded", "This model's maximum context length is smaller than your messages. Please reduce their length."),
        new(400, "invalid_request_error", "content_filter", "The prompt was filtered."),
        new(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
        new(403, "invalid_request_error", "unsupported_country_region_territory", "Country, region, or territory not supported."),
        new(404, "invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
        new(429, "requests", "rate_limit_exceeded", "Rate limit reached. Please try again later."),
        new(429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota, please check your plan and billing details."),
        new(500, "server_error", "server_error", "The server had an error while processing your request."),
        new(503, "service_unavailable_error", "overloaded", "The engine is currently overloaded, please try again later."),
    }.ToDictionary(error => error.Code!);

    /// <summary>Seconds that the caller is told to wait; with rate limits.</summary>
    public double? RetryAfter { get; init; }

    /// <summary>The usual error of a code, or of an HTTP status when there is no code.</summary>
    public static ModelError Of(string? code, int? http)
    {
        var error = code is not null
            ? Known.GetValueOrDefault(code) ?? new ModelError(400, "invalid_request_error", code, "The request was refused.")
            : Known.Values.FirstOrDefault(known => known.Http == http)
                ?? new ModelError(http ?? 500, http >= 500 ? "server_error" : "invalid_request_error", null, "The request was refused.");
        return http is { } status ? error with { Http = status } : error;
    }

    public static ModelError Invalid(string message, string? param = null) => new(400, "invalid_request_error", null, message, param);

    public JsonObject ToJson() => new()
    {
        ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code },
    };

    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.StatusCode = Http;
        if (Code == "rate_limit_exceeded")
        {
            var wait = (RetryAfter ?? 1).ToString(CultureInfo.InvariantCulture);
            http.Response.Headers.RetryAfter = wait;
            http.Response.Headers["x-ratelimit-limit-requests"] = "60";
            http.Response.Headers["x-ratelimit-remaining-requests"] = "0";
            http.Response.Headers["x-ratelimit-reset-requests"] = wait + "s";
        }
        else if (RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        await http.Response.WriteAsJsonAsync(ToJson(), http.RequestAborted);
    }
}
