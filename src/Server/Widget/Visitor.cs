using ChatOperator.ChannelAccounts;

namespace ChatOperator.Widget;

/// <summary>Who is at the other end: a browser, and the person in it when the business vouches for them.</summary>
/// <param name="Browser">Drawn by us for each browser; nobody else's can be guessed.</param>
/// <param name="User">The business's id of the person, proven by its server; null for the unknown.</param>
/// <param name="Name">What operators see, as the page said or as we call strangers.</param>
internal sealed record Visitor(ConnectedAccount Account, string Browser, string? User, string Name)
{
    /// <summary>The contact's identities, strongest first, as the channel mints them.</summary>
    public IReadOnlyList<string> Keys => User is { } user
        ? [$"user:{Account.Row.RouteKey}:{user}", $"visitor:{Browser}"] : [$"visitor:{Browser}"];

    /// <summary>The network's id of a message that this browser numbered.</summary>
    public string ExternalId(string clientId) => $"{Browser}:{clientId}";
}
