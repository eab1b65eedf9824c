using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Control;

/// <summary>Business accounts, and what their owners do in their own phone app.</summary>
internal static class AccountsControl
{
    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapGet("/accounts", () => Results.Json(world.Accounts.Select(Describe)));
        control.MapPost("/accounts", async (HttpRequest request) =>
        {
            var settings = await ControlJson.ReadObjectAsync(request);
            var channel = settings["channel"]?.ToString() ?? "whatsapp_cloud";
            settings.Remove("channel");
            var network = world.Networks.FirstOrDefault(one => one.Channel == channel)
                ?? throw new ControlException($"channel {channel} is not played here");
            return Results.Json(Describe(network.Connect(settings)));
        });
        control.MapPost("/accounts/{id}/echo", async (string id, HttpRequest request) =>
        {
            var message = await ControlJson.ReadObjectAsync(request);
            var (network, account) = ControlApi.Account(world, id);
            var phone = message["phone"]?.ToString() ?? throw new ControlException("phone is missing");
            var written = network.Echo(account, world.Phones.Get(phone), message);
            return Results.Json(await PhonesControl.AnswerAsync(written, message), ControlJson.Options);
        });
    }

    private static JsonObject Describe(Account account)
    {
        var described = new JsonObject { ["id"] = account.Id, ["channel"] = account.Channel, ["name"] = account.Name };
        foreach (var (name, value) in account.Describe()) described[name] = value?.DeepClone();
        return described;
    }
}
