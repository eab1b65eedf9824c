using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox.Files;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>One try of a message, as the API shows it.</summary>
/// <param name="Part">0-based part of the message.</param>
/// <param name="Raw">What the network answered.</param>
/// <param name="SettledAt">When a report, an echo or silence decided it; null: its own answer did.</param>
public sealed record AttemptView(
    int Part, int N, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome? Outcome, string? NetworkCode, string? ExternalId, string? Raw,
    DateTimeOffset? SettledAt, SettledBy? SettledBy);

/// <summary>The outbox's addresses.</summary>
internal static class OutboxEndpoints
{
    public static void MapOutbox(this WebApplication app)
    {
        var write = app.MapGroup("/admin").WithTags("Messages").RequireAuthorization(Access.Write);
        // The name is the specification's; it sends on every channel.
        write.MapPost("/whatsapp/send", (SendRequest request, Send send, HttpContext http) => send.RunAsync(request, http))
            .WithSummary("Send a message; answered once it is durably in the outbox").WithIdempotencyKey();
        write.MapPost("/messages/{id:long}/reaction", (long id, ReactionRequest request, React react, AppDb db, HttpContext http) => react.RunAsync(id, request, db, http))
            .WithSummary("Put an emoji on a message, or take it back").WithIdempotencyKey();
        write.MapPost("/messages/{id:long}/cancel", (long id, Steering steering, CancellationToken cancel) => steering.CancelAsync(id, cancel))
            .WithSummary("Call a waiting message off");
        write.MapPost("/messages/{id:long}/send-now", (long id, Steering steering, CancellationToken cancel) => steering.SendNowAsync(id, cancel))
            .WithSummary("Send a scheduled or waiting message as soon as the pace allows");
        write.MapPost("/messages/{id:long}/retry", (long id, Steering steering, CancellationToken cancel) => steering.RetryAsync(id, cancel))
            .WithSummary("Try a failed message again");
        write.MapPatch("/messages/{id:long}", (long id, MessageChange change, Steering steering, CancellationToken cancel) =>
            steering.EditAsync(id, change, cancel)).WithSummary("Change a waiting message's words or time");

        app.MapUploads();
        app.MapGet("/admin/messages/{id:long}/attempts", AttemptsAsync).WithTags("Messages").RequireAuthorization(Access.Read)
            .WithSummary("Every try of a message, oldest first");
        app.MapPost("/messages/relay", (RelayRequest request, Relay relay, HttpContext http, CancellationToken cancel) => relay.RunAsync(request, http, cancel))
            .WithTags("Messages").RequireAuthorization(Access.Relay).WithSummary("Send on behalf of a service").WithIdempotencyKey();
    }

    private static async Task<List<AttemptView>> AttemptsAsync(long id, AppDb db, CancellationToken cancel)
    {
        if (!await db.Messages.AnyAsync(m => m.Id == id, cancel)) throw Problem.NotFound();
        return await db.DeliveryAttempts.Where(a => a.MessageId == id).OrderBy(a => a.StartedAt).ThenBy(a => a.Id)
            .Join(db.Deliveries, a => a.DeliveryId, d => d.Id, (a, d) => new AttemptView(
                d.Part, a.N, a.StartedAt, a.EndedAt, a.Outcome, a.NetworkCode, a.ExternalId, a.Raw, a.SettledAt, a.SettledBy))
            .ToListAsync(cancel);
    }
}
