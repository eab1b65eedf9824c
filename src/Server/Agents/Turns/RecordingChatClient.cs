using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Turns;

/// <summary>Takes down each answer of the model: how long it took, its tokens, what it told of its thoughts.</summary>
internal sealed class RecordingChatClient(IChatClient inner, TurnRecord record) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        var (input, output) = (record.InputTokens, record.OutputTokens);
        string? finish = null;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            finish ??= update.FinishReason?.Value;
            foreach (var content in update.Contents)
                if (content is UsageContent usage) record.Count(usage.Details);
                else if (content is TextReasoningContent thinking) record.Think(thinking.Text);
            yield return update;
        }
        record.Step(
            "model", new("model_answered", "The model answered"), ("ms", (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds), ("input_tokens", record.InputTokens - input),
            ("output_tokens", record.OutputTokens - output), ("finish", finish));
    }
}
