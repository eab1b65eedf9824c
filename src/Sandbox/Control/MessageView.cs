using System.Text.Json;

namespace ChatOperator.Sandbox.Control;

/// <summary>A message as <c>GET /control/phones/{phone}/messages</c> shows it.</summary>
internal sealed record MessageView(string Id, DateTimeOffset At, string Type, string Text, JsonElement Raw)
{
    public required string Account { get; init; }

    /// <summary><c>in</c> from the customer to the business, <c>out</c> from the business.</summary>
    public required string Direction { get; init; }

    public required string Status { get; init; }

    public string? CallbackData { get; init; }

    public string? Reaction { get; init; }

    public bool Revoked { get; init; }

    /// <summary>Written in the business's own app.</summary>
    public bool FromApp { get; init; }

    public required Bubble Bubble { get; init; }

    public static MessageView Of(World world, PhoneMessage message)
    {
        var bubble = world.Networks.First(network => network.Channel == message.Account.Channel).Show(message);
        return new MessageView(message.Id, message.At, message.Type, bubble.Text, message.Json())
        {
            Account = message.Account.Id,
            Direction = message.FromCustomer ? "in" : "out",
            Status = message.Status,
            CallbackData = message.CallbackData,
            Reaction = message.Reaction is "" ? null : message.Reaction,
            Revoked = message.Revoked,
            FromApp = message.FromApp,
            Bubble = bubble,
        };
    }
}
