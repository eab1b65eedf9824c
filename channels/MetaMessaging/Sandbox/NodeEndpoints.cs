using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary><c>GET /{id}</c> of an account or a person, and an account's subscriptions.</summary>
internal sealed class NodeEndpoints(World world, Cdn cdn)
{
    public Task Get(HttpContext http, string id)
    {
        var token = MetaNetwork.Bearer(http.Request);
        if (Authorized(id, token) is not { } account) return MetaError.BadToken.ExecuteAsync(http);
        var network = (MetaNetwork)world.Networks.First(one => one.Channel == account.Channel);
        var node = network.Describe(account);
        if (account.NumberOf(id) is { } number && id != account.Id && id != account.Settings.PageId)
        {
            if (world.Phones.Find(number) is { FailWith: 10 }) return MetaError.Of(10, "The app may not see this person's profile.").ExecuteAsync(http);
            if (world.Phones.Find(number) is not { } phone || !account.HasHeard(phone) || phone.FailWith is not null)
                return MetaError.Of(100, "No profile available for this user.", 2018218).ExecuteAsync(http);
            node = network.Profile(phone, cdn.Portrait(phone));
            node["id"] = id;
        }

        var wanted = http.Request.Query["fields"].ToString().Split(',');
        foreach (var name in node.Select(property => property.Key).Where(name => name != "id" && !wanted.Contains(name)).ToList()) node.Remove(name);
        return Results.Json(node).ExecuteAsync(http);
    }

    public Task Subscriptions(HttpContext http, string id)
    {
        if (Authorized(id, MetaNetwork.Bearer(http.Request)) is not { } account) return MetaError.BadToken.ExecuteAsync(http);
        var apps = new JsonArray();
        if (account.Settings.Subscribed) apps.Add(new JsonObject { ["id"] = account.Settings.AppId, ["name"] = "Sandbox app" });
        return Results.Json(new JsonObject { ["data"] = apps }).ExecuteAsync(http);
    }

    public Task Subscribe(HttpContext http, string id)
    {
        if (Authorized(id, MetaNetwork.Bearer(http.Request)) is not { } account) return MetaError.BadToken.ExecuteAsync(http);
        account.Change(new JsonObject { ["subscribed"] = true });
        return Results.Json(new { success = true }).ExecuteAsync(http);
    }

    private MetaAccount? Authorized(string id, string? token) => MetaNetwork.Find(world, id, token).FirstOrDefault(account => account.Knows(token));
}
