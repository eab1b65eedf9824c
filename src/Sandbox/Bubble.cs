using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox;

/// <summary>What a phone's screen shows of a message, in words that hold for every network.</summary>
internal sealed record Bubble(string Text)
{
    public string? Header { get; init; }

    public string? Footer { get; init; }

    /// <summary>Things to tap.</summary>
    public IReadOnlyList<BubbleButton> Buttons { get; init; } = [];

    public BubbleMedia? Media { get; init; }

    /// <summary>The id of the quoted message.</summary>
    public string? ReplyTo { get; init; }

    public BubblePlace? Place { get; init; }
}

/// <summary>A thing to tap; <paramref name="Reply"/> is the message that a tap sends, absent when it sends none.</summary>
internal sealed record BubbleButton(string Title, string? Description = null, JsonObject? Reply = null, string? Url = null);

/// <summary>A picture, sound, film or file inside a bubble.</summary>
internal sealed record BubbleMedia(string Kind, string? Url, string? MimeType, string? Filename);

/// <summary>A point on the map.</summary>
internal sealed record BubblePlace(double Latitude, double Longitude, string? Name, string? Address);
