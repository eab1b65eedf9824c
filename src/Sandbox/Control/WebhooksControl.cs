using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Control;

/// <summary>
/// <c>POST /control/webhooks</c>: any bytes to an account's webhook address, signed well, badly or not at all, once. <c>GET</c> tells of the
/// tries of webhooks that speak of something.
/// </summary>
internal static class WebhooksControl
{
    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapGet("/webhooks", (string about) => Results.Json(
            world.Courier.Tries.About(about).Select(made => new { began_at = made.Began, ended_at = made.Ended, status = (int?)made.Status }),
            ControlJson.Options));
        control.MapPost("/webhooks", async (HttpContext http) =>
        {
            var asked = await ControlJson.ReadObjectAsync(http.Request);
            var (_, account) = ControlApi.Account(world, asked["account"]?.ToString());
            var target = account.Targets.FirstOrDefault() ?? throw new ControlException("the account has no webhook address");
            var url = asked["url"]?.ToString() is { } other ? new Uri(other) : target.Url;
            var body = BodyOf(account, asked["body"] ?? throw new ControlException("body is missing"));
            var times = asked["times"]?.GetValue<int>() ?? 1;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, times).Select(_ =>
                world.Courier.PostOnceAsync(url, body, request => Sign(account, target, request, body, asked), http.RequestAborted)));
            var first = outcomes[0];
            return Results.Json(new
            {
                status = (int?)first.Status,
                body = first.Body,
                statuses = outcomes.Select(outcome => (int?)outcome.Status),
            });
        });
    }

    // A string goes out as it is: that is how to send what is not JSON at all.
    private static byte[] BodyOf(Account account, JsonNode body) => body is JsonValue text && text.GetValueKind() == JsonValueKind.String
        ? System.Text.Encoding.UTF8.GetBytes(text.GetValue<string>())
        : account.Encode(body);

    private static void Sign(Account account, WebhookTarget target, HttpRequestMessage request, byte[] body, JsonObject asked)
    {
        switch (asked["signature"]?.ToString())
        {
            case "none":
                break;
            case "wrong":
                account.Sign(request, body, target.Secret + "?");
                break;
            default:
                account.Sign(request, body, asked["secret"]?.ToString() ?? target.Secret);
                break;
        }
    }
}
