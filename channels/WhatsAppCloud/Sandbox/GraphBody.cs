using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>The body of a management call.</summary>
internal static class GraphBody
{
    /// <summary>Null when it is not JSON; an empty body is an empty object, as the Graph API takes it.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(buffer.Length == 0 ? "{}"u8 : buffer.ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
