using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>Wraps one item in the network's envelope and hands it to the courier.</summary>
internal sealed class Webhooks(World world)
{
    /// <param name="kind">What webhook faults can single out: messages, statuses or echoes.</param>
    /// <param name="fromAccount">An echo: the account is the sender.</param>
    public Task<WebhookOutcome> SendAsync(
        MetaAccount account, Phone phone, string kind, string name, JsonNode what, bool fromAccount = false, DateTimeOffset? at = null, bool standby = false)
    {
        var network = (MetaNetwork)world.Networks.First(one => one.Channel == account.Channel);
        var (person, own) = (new JsonObject { ["id"] = account.PersonOf(phone) }, new JsonObject { ["id"] = account.Id });
        var item = new JsonObject
        {
            ["sender"] = fromAccount ? own : person,
            ["recipient"] = fromAccount ? person : own,
            ["timestamp"] = (at ?? world.Time.GetUtcNow()).ToUnixTimeMilliseconds(),
            [name] = what,
        };
        var body = new JsonObject
        {
            ["object"] = network.Object,
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = account.Id,
                ["time"] = world.Time.GetUtcNow().ToUnixTimeMilliseconds(),
                [standby ? "standby" : "messaging"] = new JsonArray(item),
            }),
        };
        return world.Courier.DeliverAsync(new Webhook(account, kind, account.Encode(body)));
    }
}
