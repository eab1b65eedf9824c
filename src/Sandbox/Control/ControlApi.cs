namespace ChatOperator.Sandbox.Control;

/// <summary>Everything under <c>/control</c>: the strings by which tests and people move the networks.</summary>
internal static class ControlApi
{
    public static void Map(IEndpointRouteBuilder api, World world)
    {
        var control = api.MapGroup("/control").AddEndpointFilter(async (context, next) =>
        {
            try
            {
                return await next(context);
            }
            catch (ControlException error)
            {
                return Results.Json(new { error = error.Message }, statusCode: StatusCodes.Status400BadRequest);
            }
        });
        AccountsControl.Map(control, world);
        PhonesControl.Map(control, world);
        SendsControl.Map(control, world);
        WebhooksControl.Map(control, world);
        MediaControl.Map(control, world);
        ModelControl.Map(control, world);
        control.MapGet("/faults", () => Results.Json(world.Faults.Plan, ControlJson.Options));
        control.MapPut("/faults", async (HttpRequest request) =>
        {
            world.Faults.Set(await ControlJson.ReadAsync<FaultPlan>(request));
            return Results.Json(world.Faults.Plan, ControlJson.Options);
        });
        control.MapDelete("/faults", () =>
        {
            world.Faults.Clear();
            return Results.NoContent();
        });
        control.MapPost("/reset", () =>
        {
            world.Reset();
            return Results.NoContent();
        });
    }

    /// <summary>The account that a request names, or the only one there is.</summary>
    /// <exception cref="ControlException">There is no such account, or a name is needed.</exception>
    public static (INetwork Network, Account Account) Account(World world, string? id)
    {
        var account = world.Account(id)
            ?? throw new ControlException(id is null ? "account is missing and there is not exactly one" : $"account {id} does not exist");
        return (world.Networks.First(network => network.Channel == account.Channel), account);
    }
}
