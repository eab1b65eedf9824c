using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOperator.Hosting;

/// <summary>
/// Texts that callers send. A NUL is refused at the door: no text of a person holds one, PostgreSQL keeps none, and both databases are to
/// answer alike.
/// </summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Whatever is no text is refused as every other value of a wrong kind is.
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("A text is needed.");
        return Checked(reader.GetString()!);
    }

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Checked(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static string Checked(string text) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("Texts hold no NUL character (\\u0000).") : text;
}

/// <summary>How the API speaks JSON: snake_case, enums as words, times in UTC with milliseconds.</summary>
internal static class Json
{
    /// <summary>The same options as the endpoints use, for whoever writes JSON by hand.</summary>
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        // Texts of people stay readable; answers are never put into a page as they are.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new MomentConverter());
        return options;
    }

    /// <summary>RFC 3339 with milliseconds and Z, always, so that texts of times compare as times do.</summary>
    private sealed class MomentConverter : JsonConverter<DateTimeOffset>
    {
        private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var moment)
                ? moment.ToMilliseconds()
                : throw new JsonException("A time such as 2026-11-22T10:00:00.000Z is needed.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture));
    }
}
