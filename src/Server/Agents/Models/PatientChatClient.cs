using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Models;

/// <summary>
/// Tries a model's answer again when that may help: asking twice costs tokens, unlike sending twice. An answer is handed on only when it is
/// complete, so that a stream that broke leaves nothing behind; who watches sees it grow all the same.
/// </summary>
/// <param name="watch">Told how the answer's text grows; told "" when it begins anew.</param>
/// <param name="troubled">Told of each try that failed.</param>
internal sealed class PatientChatClient(
    IChatClient inner, TimeProvider time, Action<string> watch, Action<ModelFailure, int> troubled) : DelegatingChatClient(inner)
{
    /// <summary>Nothing is said on purpose: an "ok" needs no answer.</summary>
    public static readonly ChatFinishReason Silent = new("silent");

    private const int Tries = 3;

    /// <summary>Characters and pieces of one answer, thoughts included.</summary>
    private const int MostAnswer = 200_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <exception cref="ModelException">It failed for good.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        for (var attempt = 1; ; attempt++)
        {
            var updates = new List<ChatResponseUpdate>();
            if (await TryAsync(asked, options, updates, cancellationToken) is not { } failure)
            {
                foreach (var update in updates) yield return update;
                yield break;
            }
            troubled(failure, attempt);
            if (!failure.Retriable || attempt == Tries) throw new ModelException(failure);
            await Task.Delay(Wait(failure, attempt), time, cancellationToken);
        }
    }

    /// <summary>null: the answer is complete.</summary>
    private async Task<ModelFailure?> TryAsync(
        IReadOnlyList<ChatMessage> asked, ChatOptions? options, List<ChatResponseUpdate> updates, CancellationToken cancel)
    {
        try
        {
            watch("");
            ChatFinishReason? finish = null;
            var size = 0;
            await foreach (var update in base.GetStreamingResponseAsync(asked, options, cancel))
            {
                updates.Add(update);
                finish ??= update.FinishReason;
                if ((size += SizeOf(update)) > MostAnswer) return ModelFailure.Endless;
                if (update.Text.Length > 0) watch(update.Text);
            }
            return ModelFailure.OfFinish(finish) is { } cut ? cut
                : finish == Silent || updates.Exists(u => u.Contents.Any(c => c is FunctionCallContent or TextContent { Text.Length: > 0 })) ? null
                : ModelFailure.Broken("The answer was empty.");
        }
        catch (Exception e) when (!cancel.IsCancellationRequested) { return ModelFailure.Of(e); }
    }

    private static int SizeOf(ChatResponseUpdate update) => 1 + update.Contents.Sum(c => c switch
    {
        TextContent text => text.Text.Length,
        TextReasoningContent thought => thought.Text.Length,
        _ => 0,
    });

    private static TimeSpan Wait(ModelFailure failure, int attempt)
    {
        var wait = failure.RetryAfter ?? TimeSpan.FromMilliseconds(400 * Math.Pow(3, attempt - 1));
        return wait < LongestWait ? wait : LongestWait;
    }
}
