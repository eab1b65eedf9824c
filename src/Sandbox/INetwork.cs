using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox;

/// <summary>
/// The double of one messaging network: the API that businesses call, and the customers on its other side. It is written
/// from the network's documentation and never from our adapter, or both would share their mistakes.
/// </summary>
internal interface INetwork
{
    /// <summary>The channel's key, as in <c>POST /control/accounts</c>.</summary>
    string Channel { get; }

    IEnumerable<Account> Accounts { get; }

    /// <summary>Maps the network's public API. Meta's networks share the root, as they share a host; another network takes a prefix of its own.</summary>
    void Map(IEndpointRouteBuilder api);

    /// <summary>Maps what the network serves from its media host.</summary>
    void MapMedia(IEndpointRouteBuilder media);

    /// <summary>Creates an account, or changes the given settings of the one with the same id.</summary>
    /// <exception cref="ControlException">A setting is missing or makes no sense.</exception>
    Account Connect(JsonObject settings);

    /// <summary>The customer writes to the business; a webhook leaves.</summary>
    /// <returns>The message as the phone shows it, and the delivery of its webhook.</returns>
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    Written Write(Account account, Phone phone, JsonObject message);

    /// <summary>The business answers from its own phone app; the API hears of it by an echo.</summary>
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    Written Echo(Account account, Phone phone, JsonObject message);

    /// <summary>The customer looks at the chat: what arrived counts as read.</summary>
    void Open(Account account, Phone phone);

    /// <summary>How a phone shows a message.</summary>
    Bubble Show(PhoneMessage message);

    /// <summary>Forgets the network's own state.</summary>
    void Reset();
}

/// <summary>A message that the sandbox originated, and how its webhook fares.</summary>
internal readonly record struct Written(PhoneMessage Message, Task<WebhookOutcome> Webhook);
