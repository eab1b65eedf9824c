namespace ChatOperator.Hosting;

/// <summary>A header that an endpoint reads or sets by itself, so that its signature does not tell the API's document of it.</summary>
/// <param name="IsRead">Whether it is of the request.</param>
internal sealed record DocumentedHeader(string Name, string Description, bool IsRead = false);

/// <summary>Telling the API's document what the signature of an endpoint cannot.</summary>
internal static class Documented
{
    /// <summary>The endpoint answers a repeated request with the first answer.</summary>
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new DocumentedHeader("Idempotency-Key", "The client's name for this request, up to 255 characters; repeated within a day it runs nothing again.", IsRead: true),
        new DocumentedHeader("Idempotency-Replayed", "true when this is the answer of an earlier request with the same key."));

    /// <summary>The endpoint sets a header of its own.</summary>
    public static RouteHandlerBuilder WithAnswerHeader(this RouteHandlerBuilder endpoint, string name, string description) =>
        endpoint.WithMetadata(new DocumentedHeader(name, description));
}
