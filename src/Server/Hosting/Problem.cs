using System.Text.Json.Serialization;

namespace ChatOperator.Hosting;

/// <summary>
/// A request that is answered with an error (RFC 9457, <c>application/problem+json</c>). Thrown from anywhere below an endpoint;
/// <see cref="ProblemAnswers"/> writes it.
/// </summary>
/// <param name="status">HTTP status, 400 or above.</param>
/// <param name="code">Stable word that clients branch on.</param>
/// <param name="detail">What is wrong, for a person.</param>
/// <param name="nextStep">What that person can do about it.</param>
internal sealed class Problem(int status, string code, string detail, string nextStep) : Exception(detail)
{
    public int Status { get; } = status;
    public string Code { get; } = code;
    public string NextStep { get; } = nextStep;

    /// <summary>Sent as the header Retry-After, in whole seconds.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong with each field of a form.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Further members of the answer, e.g. <c>parameter</c>.</summary>
    public Dictionary<string, object?> More { get; init; } = [];

    /// <summary>The same for ids that never existed and ids of other tenants, so that the two cannot be told apart.</summary>
    public static Problem NotFound() =>
        new(404, "not_found", "There is nothing at this address.", "Check the id; it may have been deleted.");

    /// <summary>A request that cannot be understood or accepted as it stands.</summary>
    public static Problem Invalid(string detail, string nextStep = "Correct the request and send it again.") =>
        new(400, "invalid_request", detail, nextStep);

    /// <summary>Everything wrong with a form at once.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) =>
        new(400, "invalid_request", string.Join(" ", errors.Select(e => $"{e.Field}: {e.Detail}")), "Correct these fields and send the form again.")
        {
            Errors = errors,
        };

    public static Problem Unauthorized() =>
        new(401, "unauthorized", "This needs a sign-in or an API token.", "Sign in, or send the header Authorization: Bearer <token>.");

    public static Problem Forbidden(string detail, string nextStep = "Ask an owner of your tenant.") => new(403, "forbidden", detail, nextStep);
}

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Its name, with a dot for each level.</param>
/// <param name="Detail">For the person who typed it in.</param>
public sealed record FieldError(string Field, string Detail);

/// <summary>The body of every 4xx and 5xx answer.</summary>
public sealed record ProblemBody
{
    public string Type { get; init; } = "about:blank";
    public required string Title { get; init; }
    public required int Status { get; init; }

    /// <summary>Stable word that clients branch on.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, for a person.</summary>
    public required string Detail { get; init; }

    /// <summary>What that person can do about it.</summary>
    public required string NextStep { get; init; }

    /// <summary>Only for forms: what is wrong with each field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FieldError>? Errors { get; init; }

    [JsonExtensionData]
    public IDictionary<string, object?> More { get; init; } = new Dictionary<string, object?>();
}
