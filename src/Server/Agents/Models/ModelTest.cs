using System.Diagnostics;
using System.Text.Json;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.Channels.Contract;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Models;

/// <summary>What a live call of the model came to.</summary>
/// <param name="NextStep">What to do, when not ok.</param>
public sealed record ModelReport(bool Ok, string Detail, string? NextStep, int LatencyMs);

/// <summary>Asks the model one word with the stored credentials: the only way to know whether it would answer a customer.</summary>
internal sealed class ModelTest(ModelClients clients, TimeProvider time)
{
    private static readonly AgentFunction Tool = new(
        "search_knowledge", "Search what the business has written down.", JsonSerializer.Deserialize<JsonElement>("""{"type":"object","properties":{}}"""));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="language">en | es.</param>
    public async Task<ModelReport> RunAsync(ActiveAgent agent, string language, CancellationToken cancel)
    {
        if (clients.Of(agent) is not { } client)
            return new ModelReport(true, new Words(
                "No model is set: answers come from the knowledge alone.", "No hay modelo: responde solo con el conocimiento.").In(language), null, 0);
        var (failure, took) = await AskAsync(client, cancel);
        var words = failure?.Explain();
        return words is null
            ? new ModelReport(true, new Words($"{agent.Settings.Model.Name} answers.", $"{agent.Settings.Model.Name} responde.").In(language), null, took)
            : new ModelReport(false, words.Value.Detail.In(language).Trim(), words.Value.NextStep.In(language), took);
    }

    /// <summary>null when the model answered, and how long it took in milliseconds.</summary>
    public async Task<(ModelFailure? Failure, int Ms)> AskAsync(IChatClient client, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var watch = Stopwatch.GetTimestamp();
        try
        {
            // As in a turn: streamed, and with a tool. Some models can do neither.
            await foreach (var _ in client.GetStreamingResponseAsync("Answer with the word OK.", new ChatOptions { MaxOutputTokens = 16, Tools = [Tool] }, either.Token)) { }
            return (null, Ms(watch));
        }
        catch (Exception e) when (!cancel.IsCancellationRequested) { return (ModelFailure.Of(e), Ms(watch)); }
    }

    private static int Ms(long since) => (int)Stopwatch.GetElapsedTime(since).TotalMilliseconds;
}
