using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOperator.Hosting;
using ChatOperator.Intake;

namespace ChatOperator.Widget;

/// <summary>
/// Hands what a visitor did to the intake in the form a webhook would have: the same receipt, the same group commit, the same verdicts.
/// The visitor is checked already, so nothing is signed.
/// </summary>
internal sealed class VisitorInlet(IntakeQueue queue, TimeProvider time)
{
    private static readonly JsonSerializerOptions Form = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Ends after the commit.</summary>
    /// <exception cref="Problem">503 when it cannot be stored at the moment.</exception>
    public async Task TakeAsync(Visitor visitor, IReadOnlyList<object> events)
    {
        var account = visitor.Account;
        var body = JsonSerializer.SerializeToUtf8Bytes(new Body("web_widget", account.Row.RouteKey, events), Form);
        var items = account.Channel.Read(body).Select(e => new ArrivedItem(e, account)).ToArray();
        var arrival = new Arrival(time.NewId(), time.Now(), account, body, items);
        using var held = queue.Bytes.Open();
        if (!queue.HasRoom || !held.GrowTo(body.Length) || !queue.TryEnqueue(arrival)) throw Busy();
        try { await arrival.Stored; }
        catch (IntakeUnavailableException) { throw Busy(); }
        if (Array.Exists(items, i => i.Verdict is Verdict.Failed or Verdict.Anomalous)) throw Problem.Invalid("This cannot be stored.");
    }

    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Problem Busy() =>
        new(503, "unavailable", "The server cannot take this at the moment.", "Send it again shortly.") { RetryAfter = TimeSpan.FromSeconds(5) };

    private sealed record Body(string Object, string Widget, IReadOnlyList<object> Events);
}
