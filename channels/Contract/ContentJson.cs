using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOperator.Channels.Contract;

/// <summary>Contents, referrals and failures as they are stored: snake_case, nulls left out.</summary>
/// <remarks>jsonb sorts keys, so the discriminator need not come first.</remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Content))]
[JsonSerializable(typeof(Referral))]
[JsonSerializable(typeof(SendFailure))]
public sealed partial class ContentJson : JsonSerializerContext
{
    /// <summary>The stored form.</summary>
    public static string Write(Content content) => JsonSerializer.Serialize(content, Default.Content);

    /// <exception cref="JsonException">Not a stored content.</exception>
    public static Content Read(string json) =>
        JsonSerializer.Deserialize(json, Default.Content) ?? throw new JsonException("A stored content is never null.");
}
