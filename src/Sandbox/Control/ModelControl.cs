using ChatOperator.Sandbox.Model;

namespace ChatOperator.Sandbox.Control;

/// <summary><c>/control/model</c>: what the language model says, and what it was asked.</summary>
internal static class ModelControl
{
    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapGet("/model", () => Results.Json(world.LanguageModel.Script, ControlJson.Options));
        control.MapPut("/model", async (HttpRequest request) =>
        {
            world.LanguageModel.Set(await ControlJson.ReadAsync<ModelScript>(request));
            return Results.Json(world.LanguageModel.Script, ControlJson.Options);
        });
        control.MapDelete("/model", () =>
        {
            world.LanguageModel.Reset();
            return Results.NoContent();
        });
        control.MapGet("/model/requests", () => Results.Json(world.LanguageModel.Asked(), ControlJson.Options));
    }
}
