using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox;

/// <summary>A business account on a network: who may call for it and where its webhooks go.</summary>
internal abstract class Account
{
    public abstract string Channel { get; }

    /// <summary>The network's id of the sender, such as WhatsApp's phone number id.</summary>
    public abstract string Id { get; }

    /// <summary>What a customer sees as the name of the chat.</summary>
    public abstract string Name { get; }

    /// <summary>The settings as they were given, secrets left out.</summary>
    public abstract JsonObject Describe();

    /// <summary>Every address that a webhook of this account goes to, each with the secret it is signed with.</summary>
    public abstract IEnumerable<WebhookTarget> Targets { get; }

    /// <summary>JSON as the network writes it: these bytes are signed and sent.</summary>
    public abstract byte[] Encode(JsonNode body);

    /// <summary>Adds the network's signature of exactly these bytes.</summary>
    public abstract void Sign(HttpRequestMessage request, byte[] body, string secret);

    /// <summary>Pause before the first repetition of a webhook that was not answered 200; it doubles from there.</summary>
    public abstract TimeSpan FirstRetry { get; }
}

/// <summary>An app that subscribed to an account's webhooks.</summary>
internal sealed record WebhookTarget(Uri Url, string Secret);
