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
/// <param name="Failure">Why the model did not answer; null: it did.</param>
internal sealed record Conclusion(string Words, HandOff? HandOff, ModelFailure? Failure = null);

/// <summary>The agent's wish that a human goes on.</summary>
internal sealed record HandOff(string Reason, string Summary);

/// <summary>
/// Lets a model answer a prompt, with tools, as often as it wants to use them within bounds. Knows neither conversations nor the database:
/// the same for a customer and for the playground.
/// </summary>
internal sealed class Thinking(ModelClients clients, Databases databases, Settings settings, TimeProvider time, ILoggerFactory logs) : IDisposable
{
    private const int MostRounds = 8;
    private const int MostResult = 16_000;

    private readonly SemaphoreSlim _room = new(settings.Agent.TurnsAtOnce, settings.Agent.TurnsAtOnce);

    /// <exception cref="OperationCanceledException">The thought was cancelled.</exception>
    public async Task<Conclusion> ThinkAsync(ActiveAgent agent, IReadOnlyList<ChatMessage> prompt, Toolbox tools, Thought thought, TurnRecord record)
    {
        record.Prompt(prompt);
        try
        {
            // Not disposed: the model's client at its end is shared by many turns.
            var client = Client(agent, tools, thought, record);
            var options = new ChatOptions { Tools = [.. tools.Functions], Temperature = (float?)agent.Settings.Temperature, ConversationId = null };
            var answer = await client.GetStreamingResponseAsync(prompt, options, thought.Cancelled).ToChatResponseAsync(thought.Cancelled);
            var last = answer.Messages.LastOrDefault(m => m.Role == ChatRole.Assistant && !m.Contents.Any(c => c is FunctionCallContent));
            return new Conclusion(last?.Text ?? "", tools.HandOff);
        }
        catch (ModelException failed) { return new Conclusion(thought.Text, tools.HandOff, failed.Failure); }
        catch (Exception e) when (!thought.Cancelled.IsCancellationRequested) // Whatever a model's answer breaks is told as its failure.
        {
            logs.CreateLogger<Thinking>().LogWarning(e, "A model's answer could not be used.");
            return new Conclusion(thought.Text, tools.HandOff, ModelFailure.Of(e));
        }
    }

    /// <summary>
    /// Waits until this node has room for another turn, all of it: what a turn reads and writes would stand in its own way if hundreds did
    /// at once. Disposing gives the room back.
    /// </summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancel)
    {
        await _room.WaitAsync(cancel);
        return new Place(_room);
    }

    public void Dispose() => _room.Dispose();

    private sealed class Place(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }

    private FunctionInvokingChatClient Client(ActiveAgent agent, Toolbox tools, Thought thought, TurnRecord record)
    {
        var model = clients.Of(agent) ?? new EmbeddedAnswerer(databases, agent.TenantId, agent.Settings.Handoff.WhenUnsure);
        var patient = new PatientChatClient(
            model, time, thought.Write,
            (failure, attempt) => record.Step("trouble", "The model did not answer", ("code", failure.Code), ("said", failure.Said), ("try", attempt)));
        return new FunctionInvokingChatClient(new RecordingChatClient(patient, record), logs)
        {
            MaximumIterationsPerRequest = MostRounds,
            // Every trouble of a tool is told to the model, which can try otherwise.
            MaximumConsecutiveErrorsPerRequest = MostRounds,
            FunctionInvoker = (context, cancel) => InvokeAsync(context, record, cancel),
        };
    }

    private static async ValueTask<object?> InvokeAsync(FunctionInvocationContext context, TurnRecord record, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var (result, ok) = await ResultAsync(context, cancel);
        if (result.Length > MostResult) result = result[..MostResult];
        var arguments = JsonSerializer.SerializeToElement(context.Arguments.ToDictionary(a => a.Key, a => a.Value), Json.Options);
        record.Use(new ToolUse(context.Function.Name, arguments, result, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds), ok);
        return result;
    }

    private static async Task<(string Result, bool Ok)> ResultAsync(FunctionInvocationContext context, CancellationToken cancel)
    {
        if (context.CallContent.Exception is not null) return (Error("The arguments are not valid JSON. Call the tool again with valid arguments."), false);
        try { return (await context.Function.InvokeAsync(context.Arguments, cancel) as string ?? "", true); }
        catch (ToolTroubleException trouble) { return (Error(trouble.Message), false); }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException) { return (Error(e.Message), false); }
    }

    private static string Error(string words) => JsonSerializer.Serialize(new { error = words }, Json.Options);
}
