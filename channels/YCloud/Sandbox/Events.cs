using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>Puts an event into YCloud's envelope and hands it to the courier; each event travels by itself.</summary>
internal sealed class Events(World world)
{
    /// <param name="kind">What webhook faults can single out.</param>
    /// <param name="holder">The name under which the event carries its object.</param>
    public Task<WebhookOutcome> SendAsync(YCloudAccount account, string kind, string type, string holder, JsonObject about)
    {
        var body = new JsonObject
        {
            ["id"] = "evt_" + RandomNumberGenerator.GetHexString(24, lowercase: true),
            ["type"] = type,
            ["apiVersion"] = "v2",
            ["createTime"] = Time(world.Time.GetUtcNow()),
            [holder] = about,
        };
        return world.Courier.DeliverAsync(new Webhook(account, kind, account.Encode(body)));
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
