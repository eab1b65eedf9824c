using System.Runtime.CompilerServices;
using ChatOperator.Db;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Knowledge.Answering;

/// <summary>
/// Answers without any model: from the knowledge when it is sure, by asking back when it is not, by fetching a person when it does not know.
/// It never says anything about the business that nobody wrote down. It speaks the language of models — messages in, text or tool calls
/// out — so that a turn runs one way whatever thinks in it.
/// </summary>
/// <param name="tenant">Whose knowledge.</param>
/// <param name="handOffWhenUnsure">A person goes on as soon as nothing near was found; otherwise the customer is first asked for other words.</param>
internal sealed class EmbeddedAnswerer(Databases databases, Guid tenant, bool handOffWhenUnsure) : IChatClient
{
    public const string Search = "search_knowledge";
    public const string HandOff = "hand_off";

    /// <summary>What logs and costs call it.</summary>
    public const string ModelName = "embedded";

    private const int MostTopics = 5;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var dialogue = Dialogue.Of(messages);
        var tools = options?.Tools?.Select(t => t.Name).ToHashSet() ?? [];
        var contents = await AnswerAsync(dialogue, tools, cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = ModelName,
            FinishReason = contents.Exists(c => c is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates()) yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // Nothing is held between two answers.
    }

    private async Task<List<AIContent>> AnswerAsync(Dialogue dialogue, HashSet<string> tools, CancellationToken cancel)
    {
        var phrases = Phrases.In(dialogue.Tongue);
        var intent = Intents.Of(dialogue.Said);
        if (dialogue.HandedOff) return Say(intent == Intent.Complaint ? phrases.Sorry : phrases.PassingOn);
        if (dialogue.Said.Length == 0)
            return Phrases.WereUnsure(dialogue.Ours) ? Leave(tools, dialogue, "It sent files that cannot be read here.") : Say(phrases.CannotSee);
        if (dialogue.Chosen() is null)
            switch (intent)
            {
                case Intent.WantsPerson: return Leave(tools, dialogue, "The customer asked for a person.");
                case Intent.Complaint: return Leave(tools, dialogue, "The customer complains.");
                case Intent.Greeting or Intent.Help: return Say(await GreetingAsync(dialogue, intent, cancel));
                case Intent.Thanks: return Say(phrases.Welcome);
                case Intent.Goodbye: return Say(phrases.Bye);
                case Intent.Yes when Phrases.OfferedPerson(dialogue.Ours): return Leave(tools, dialogue, "The customer accepted to be passed on.");
                case Intent.No when dialogue.Offered().Count > 0: return Leave(tools, dialogue, "None of the offered topics was it.");
                case Intent.Yes or Intent.No: return Say(phrases.WhatElse);
            }

        var questions = dialogue.Questions();
        if (tools.Contains(Search) && questions.Exists(q => !dialogue.Results.ContainsKey(q)))
            return [.. questions.Select((q, i) => new FunctionCallContent($"search_{i + 1}", Search, new Dictionary<string, object?> { ["query"] = q }))];
        var verdict = Verdict.Of(dialogue, questions);
        if (verdict.Answers.Count > 0) return Say(Answer(dialogue, verdict, phrases));
        if (Phrases.WereUnsure(dialogue.Ours)) return Leave(tools, dialogue, "Nothing was found, twice.");
        if (handOffWhenUnsure && verdict.Topics.Count == 0) return Leave(tools, dialogue, "Nothing was found.");
        return Say(verdict.Topics.Count > 0
            ? Composition.Offer(phrases.DidYouMean, verdict.Topics, phrases.OrSayOtherwise)
            : $"{phrases.NotFound} {phrases.NearTopics}");
    }

    private static string Answer(Dialogue dialogue, Verdict verdict, Phrases phrases)
    {
        var parts = verdict.Answers.Select(a => Composition.Answer(a.Question, a.Hit, dialogue.Tongue)).Distinct().ToList();
        if (verdict.LeavesOpen) parts.Add(phrases.RestUnknown);
        return string.Join("\n\n", parts);
    }

    private async Task<string> GreetingAsync(Dialogue dialogue, Intent intent, CancellationToken cancel)
    {
        var phrases = Phrases.In(dialogue.Tongue);
        await using var db = databases.For(tenant);
        var topics = await new KnowledgeBase(db).TopicsAsync(dialogue.Tongue, MostTopics, cancel);
        var hello = intent == Intent.Greeting ? phrases.Hello : "";
        return (topics.Count == 0 ? $"{hello} {phrases.WhatElse}" : $"{hello} {Composition.Bullets(phrases.CanHelpWith, topics, phrases.AskAnything)}").Trim();
    }

    private static List<AIContent> Say(string text) => [new TextContent(text)];

    /// <summary>Calls the hand-off; where an agent may not hand off, says that it does not know.</summary>
    private static List<AIContent> Leave(HashSet<string> tools, Dialogue dialogue, string reason) => tools.Contains(HandOff)
        ? [new FunctionCallContent("hand_off_1", HandOff, new Dictionary<string, object?> { ["reason"] = reason, ["summary"] = Summary(dialogue) })]
        : Say(Phrases.In(dialogue.Tongue).NotFound);

    // The person who goes on reads what was asked, not what a machine makes of it.
    private static string Summary(Dialogue dialogue)
    {
        var asked = new[] { dialogue.Before, dialogue.Said }.Where(t => t.Length > 0 && Intents.Of(t) is Intent.Question or Intent.Complaint);
        var text = string.Join(" / ", asked.Select(t => t.ReplaceLineEndings(" ")));
        return text.Length == 0 ? dialogue.Said : text;
    }
}
