namespace ChatOperator.Sandbox.Control;

/// <summary>The ledger and the counters: what harnesses hold against the promises of exactly once, order and spacing.</summary>
internal static class SendsControl
{
    private const int DefaultLimit = 10_000;

    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapGet("/counters", () => Results.Json(new
        {
            accepted = world.Sends.Accepted,
            refused = world.Sends.Refused,
            webhooks = world.Courier.Counters,
        }));
        control.MapGet("/sends", (string? account, string? phone, string? callback_data, string? outcome, int? after, int? limit) =>
        {
            var digits = phone is null ? null : Phones.Digits(phone);
            var found = world.Sends.List(send =>
                (account is null || send.AccountId == account)
                && (digits is null || (send.Phone is not null && Phones.Digits(send.Phone) == digits))
                && (callback_data is null || send.CallbackData == callback_data)
                && (outcome is null || outcome == OutcomeOf(send)), after ?? 0, limit ?? DefaultLimit);
            return Results.Json(found.Select(send => View(world, send)).ToArray(), ControlJson.Options);
        });
        control.MapGet("/sends/summary", () => Results.Json(Summary(world), ControlJson.Options));
    }

    private static string OutcomeOf(Send send) => send.Message is null ? "refused" : "accepted";

    private static object View(World world, Send send) => new
    {
        n = send.N,
        account = send.AccountId,
        phone = send.Phone,
        callback_data = send.CallbackData,
        outcome = OutcomeOf(send),
        code = send.Code,
        arrived_at = send.Arrived,
        decided_at = send.Decided,
        message_id = send.Message?.Id,
        type = send.Message?.Type,
        text = send.Message is { } message ? MessageView.Of(world, message).Text : null,
    };

    private static object Summary(World world)
    {
        var accepted = world.Sends.List(send => send.Message is not null, 0, int.MaxValue);
        return new
        {
            accepted = accepted.Length,
            refused = world.Sends.Refused,
            distinct = accepted.Where(send => send.CallbackData is not null).Select(send => send.CallbackData).Distinct().Count(),
            // Anything here was sent twice: the sender repeated a message that the network had already taken.
            duplicates = accepted.Where(send => send.CallbackData is not null).GroupBy(send => send.CallbackData)
                .Where(group => group.Count() > 1).Select(group => new { callback_data = group.Key, count = group.Count() }),
            phones = accepted.GroupBy(send => send.Phone).Select(group => new
            {
                phone = group.Key,
                count = group.Count(),
                smallest_gap_ms = group.Zip(group.Skip(1), (one, next) => (double?)(next.Arrived - one.Decided).TotalMilliseconds).Min(),
            }),
        };
    }
}
