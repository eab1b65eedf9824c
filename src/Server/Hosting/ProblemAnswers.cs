using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Db;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatOperator.Hosting;

/// <summary>The one place where errors become answers: thrown problems, binding errors, bare status codes and bugs.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> log)
{
    /// <summary>How long clients are asked to wait when the database does not answer.</summary>
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            // No value of ours holds a NUL, and PostgreSQL cannot look for one.
            if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
                throw Problem.Invalid("The address holds a NUL character (%00).");
            await next(http);
            if (IsBare(http.Response)) await WriteAsync(http, OfBare(http));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is listening any more.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await WriteAsync(http, Of(failure));
        }
    }

    /// <summary>Writes a problem as the whole answer.</summary>
    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        // Of a 405: the methods that the address does take.
        var allow = http.Response.Headers.Allow;
        http.Response.Clear();
        http.Response.Headers.Allow = allow;
        http.Response.StatusCode = problem.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        var (detail, nextStep) = ProblemWords.Of(problem, Language.Of(http.Request));
        http.Response.Headers.Vary = "Accept-Language";
        var body = new ProblemBody
        {
            Title = ReasonPhrases.GetReasonPhrase(problem.Status), Status = problem.Status, Code = problem.Code, Detail = detail,
            NextStep = nextStep, Errors = problem.Errors.Count > 0 ? problem.Errors : null, More = problem.More,
        };
        await http.Response.WriteAsJsonAsync(body, Json.Options, "application/problem+json", CancellationToken.None);
    }

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null && response.ContentType is null;

    private Problem Of(Exception failure)
    {
        switch (failure)
        {
            case Problem problem: return problem;
            case BadHttpRequestException { StatusCode: 400 } bad: return Problem.Invalid(Reason(bad));
            case BadHttpRequestException bad: return OfStatus(bad.StatusCode);
            case var _ when StoreFailures.Of(failure) is not StoreFailure.None and var kind:
                log.LogWarning(failure, "The database refused a request.");
                return kind == StoreFailure.BadValue ? Problem.Invalid("The request holds a value that cannot be kept.") : Unavailable();
            default:
                log.LogError(failure, "A request failed for a reason nobody foresaw.");
                return OfStatus(StatusCodes.Status500InternalServerError);
        }
    }

    private static Problem Unavailable() =>
        new(503, "unavailable", "The database does not answer at the moment.", "Try again shortly.") { RetryAfter = Outage };

    /// <summary>Values of the address that cannot be read end in a bare 400, without a word about which.</summary>
    private static Problem OfBare(HttpContext http) => http.Response.StatusCode == 400 && http.Request.Query is { Count: > 0 } query
        ? Problem.Invalid($"A value in the address is not of the expected form: {string.Join(", ", query.Keys)}.")
        : OfStatus(http.Response.StatusCode);

    /// <summary>The framework's own words name C# types; these name what the client sent.</summary>
    private static string Reason(BadHttpRequestException bad) => bad.InnerException switch
    {
        JsonException json when Missing().Match(json.Message) is { Success: true } found => json.Path is { Length: > 1 } path
            ? $"The body is not complete: {found.Groups[1]} is missing at {path}." : $"The body is not complete: {found.Groups[1]} is missing.",
        JsonException { Path: { } path } json when path.Length > 1 => $"The body is not valid at {path}: {FirstSentence(json.Message)}",
        JsonException json => $"The body is not valid JSON of the expected form: {FirstSentence(json.Message)}",
        _ when Parameter().Match(bad.Message) is { Success: true } found =>
            $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(found.Groups[1].Value)} is missing or not of the expected form.",
        _ => FirstSentence(bad.Message),
    };

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        var sentence = end < 0 ? message : message[..(end + 1)];
        return sentence.Contains("ChatOperator.", StringComparison.Ordinal) ? "a value is missing or of the wrong type." : sentence;
    }

    [GeneratedRegex("""^(?:Failed to bind|Required) parameter "\S+ (\w+)" (?:from "|was not provided from (?:query string|route|header))""")]
    private static partial Regex Parameter();

    [GeneratedRegex("missing required properties including: (.+?)\\.$")]
    private static partial Regex Missing();

    private static Problem OfStatus(int status) => status switch
    {
        400 => Problem.Invalid("The request is malformed."),
        401 => Problem.Unauthorized(),
        403 => Problem.Forbidden("Your role does not allow this."),
        404 => Problem.NotFound(),
        405 => new(405, "method_not_allowed", "This address does not take that method.", "See the API reference at /reference."),
        408 => new(408, "request_timeout", "The request did not arrive in time.", "Send it again."),
        413 => new(413, "too_large", "The body is larger than allowed.", "Send less at once."),
        415 => new(415, "unsupported_media_type", "The body is not of a type this address takes.", "Send JSON with Content-Type: application/json; files as multipart/form-data."),
        429 => new(429, "too_many_requests", "Too many requests.", "Wait a little and try again."),
        503 => new(503, "unavailable", "The server cannot take this at the moment.", "Try again shortly.") { RetryAfter = Outage },
        >= 500 => new(status, "internal_error", "Something failed on our side; it has been logged.", "Try again; if it lasts, tell whoever runs the server."),
        _ => new(status, "refused", "The request was refused.", "See the API reference at /reference."),
    };
}
