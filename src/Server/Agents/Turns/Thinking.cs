using System.Diagnostics;
using System.Text.Json;
using ChatOperator.Agents.Knowledge.Answering;
using ChatOperator.Agents.Models;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Turns;

/// <summary>What the agent came to. A hand-off may have parting words.</summary>
/// <param name="Words">To be said; "": nothing.</param>
/// <param name="Failure">Why the model did not answer; null: it did.</param>
/// <param name="IsCancelled">It was broken off.</param>
/// <param name="Draft">What was written by then, whole or not: for people's eyes only, when one of them has the conversation.</param>
internal sealed record Conclusion(string Words, HandOff? HandOff, ModelFailure? Failure = null, bool IsCancelled = false, string Draft = "");

/// <summary>The wish that a human goes on.</summary>
/// <param name="Code">Which of our own rules wishes it, as a stable word; null: the model.</param>
internal sealed record HandOff(string Reason, string Summary, string? Code = null);

/// <summary>
/// Lets a model answer a prompt, with tools, as often as it wants to use them within bounds. Knows neither conversations nor the database:
/// the same for a customer and for the playground.
/// </summary>
internal sealed class Thinking(ModelClients clients, Databases databases, Settings settings, TimeProvider time, ILoggerFactory logs)
{
    private const int MostRounds = 8;
    private const int MostResult = 16_000;

    private readonly Room _room = new(settings.Agent.TurnsAtOnce);

    /// <summary>Never throws for what the model does, nor when the thought is cancelled.</summary>
    public async Task<Conclusion> ThinkAsync(ActiveAgent agent, IReadOnlyList<ChatMessage> prompt, Toolbox tools, Thought thought, TurnRecord record)
    {
        record.Prompt(prompt);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(settings.Agent.TurnTimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(thought.Cancelled, deadline.Token);
        try
        {
            // Not disposed: the model's client at its end is shared by many turns.
            var client = Client(agent, tools, thought, record);
            var options = new ChatOptions { Tools = [.. tools.Functions], Temperature = (float?)agent.Settings.Temperature, ConversationId = null };
            var answer = await client.GetStreamingResponseAsync(prompt, options, either.Token).ToChatResponseAsync(either.Token);
            var last = answer.Messages.LastOrDefault(m => m.Role == ChatRole.Assistant && !m.Contents.Any(c => c is FunctionCallContent));
            return new Conclusion(last?.Text ?? "", tools.HandOff, Draft: last?.Text ?? "");
        }
        catch (Exception) when (thought.Cancelled.IsCancellationRequested) { return new Conclusion("", null, IsCancelled: true, Draft: thought.Text); }
        catch (ModelException failed) { return new Conclusion("", tools.HandOff, failed.Failure, Draft: thought.Text); }
        catch (Exception e) // Whatever a model's answer breaks is told as its failure.
        {
            if (!deadline.IsCancellationRequested) logs.CreateLogger<Thinking>().LogWarning(e, "A model's answer could not be used.");
            return new Conclusion("", tools.HandOff, ModelFailure.Of(e), Draft: thought.Text);
        }
    }

    /// <summary>
    /// Waits until this node has room for another turn of the tenant's, all of it: what a turn reads and writes would stand in its own way
    /// if hundreds did at once. Disposing gives the room back.
    /// </summary>
    public Task<IDisposable> EnterAsync(Guid tenant, CancellationToken cancel) => _room.EnterAsync(tenant, cancel);

    private FunctionInvokingChatClient Client(ActiveAgent agent, Toolbox tools, Thought thought, TurnRecord record)
    {
        var model = clients.Of(agent) ?? new EmbeddedAnswerer(databases, agent.TenantId, agent.Settings.Handoff.WhenUnsure);
        var patient = new PatientChatClient(
            model, time, thought.Write,
            (failure, attempt) => record.Step("trouble", new("model_failed", "The model did not answer"), ("code", failure.Code), ("said", failure.Said), ("try", attempt)));
        return new FunctionInvokingChatClient(new RecordingChatClient(patient, record), logs)
        {
            MaximumIterationsPerRequest = MostRounds,
            // Every trouble of a tool is told to the model, which can try otherwise.
            MaximumConsecutiveErrorsPerRequest = MostRounds,
            FunctionInvoker = (context, cancel) => InvokeAsync(context, tools, record, cancel),
        };
    }

    private static async ValueTask<object?> InvokeAsync(FunctionInvocationContext context, Toolbox tools, TurnRecord record, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var (result, ok) = await ResultAsync(context, tools, cancel);
        // Some servers answer with the headers they got.
        result = record.Mask(result);
        if (result.Length > MostResult) result = result[..MostResult];
        var arguments = JsonSerializer.Serialize(context.Arguments.ToDictionary(a => a.Key, a => a.Value), Json.Options);
        record.Use(new ToolUse(context.Function.Name, JsonSerializer.Deserialize<JsonElement>(record.Mask(arguments)), result, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds), ok);
        return result;
    }

    private static async Task<(string Result, bool Ok)> ResultAsync(FunctionInvocationContext context, Toolbox tools, CancellationToken cancel)
    {
        if (context.CallContent.Exception is not null) return (Error("The arguments are not valid JSON. Call the tool again with valid arguments."), false);
        try { return (await tools.UseAsync(context.Function, context.Arguments, cancel), true); }
        catch (ToolTroubleException trouble) { return (Error(trouble.Message), false); }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException) { return (Error(e.Message), false); }
    }

    private static string Error(string words) => JsonSerializer.Serialize(new { error = words }, Json.Options);
}
