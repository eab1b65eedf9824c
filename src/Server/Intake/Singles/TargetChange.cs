using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;

namespace ChatOperator.Intake.Singles;

/// <summary>What happens to a message after it was sent: an edit, a taking back, a reaction. Stored while its message is not here yet.</summary>
/// <param name="By">The network's id of an edit; the person who reacted.</param>
/// <param name="Words">The new words, of an edit.</param>
/// <param name="Content">The new content of an edit, when it is not plain text.</param>
/// <param name="Name">The name of who reacted.</param>
/// <param name="Emoji">The reaction; null takes it back.</param>
/// <param name="Id">The network's id of a reaction.</param>
internal sealed record TargetChange(
    TargetChangeKind Kind, DateTimeOffset At, string By = "", string Words = "", string? Content = null, string Name = "", string? Emoji = null, string Id = "")
{
    /// <summary>The change that an event means, and the network's id of its message; null when it means none.</summary>
    public static (string Target, TargetChange Change)? Of(Arrival arrival, ChannelEvent e) => e switch
    {
        MessageEdited edited => (Text.Clean(edited.TargetExternalId), new(
            TargetChangeKind.Edit, edited.At ?? arrival.At, Text.Clean(edited.ExternalId), Text.Clean(edited.Content.Text),
            edited.Content is TextContent ? null : Text.CleanJson(ContentJson.Write(edited.Content)))),
        MessageDeleted deleted => (Text.Clean(deleted.TargetExternalId), new(TargetChangeKind.Delete, deleted.At ?? arrival.At)),
        ReactionChanged reaction => (Text.Clean(reaction.TargetExternalId), new(
            TargetChangeKind.Reaction, reaction.At ?? arrival.At, Text.Clean(reaction.From.Identities[0].Key), Name: Text.Clean(reaction.From.Name ?? ""),
            Emoji: reaction.Emoji is { Length: > 0 } emoji ? Text.Clean(emoji) : null, Id: Text.Clean(reaction.ExternalId))),
        _ => null,
    };

    /// <summary>Applies it to a message whose row is locked. False: it was known, or later news overtook it.</summary>
    public Task<bool> ApplyAsync(Message message, AppDb db) => Kind switch
    {
        TargetChangeKind.Edit => Edits.ApplyAsync(message, this, db),
        TargetChangeKind.Delete => Deletions.ApplyAsync(message, this, db),
        _ => Task.FromResult(Reactions.Apply(message, this)),
    };

    /// <summary>The stored form: an array with one element.</summary>
    public string Write() => Text.CleanJson(JsonSerializer.Serialize([this], TargetChangeJson.Default.TargetChangeArray));

    public static TargetChange[] Read(string json) => JsonSerializer.Deserialize(json, TargetChangeJson.Default.TargetChangeArray) ?? [];
}

internal enum TargetChangeKind { Edit, Delete, Reaction }

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TargetChange[]))]
internal sealed partial class TargetChangeJson : JsonSerializerContext;
