using System.Runtime.CompilerServices;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Agents.Models;
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
            FinishReason = contents.Count == 0 ? PatientChatClient.Silent : contents.Exists(c => c is FunctionCallContent) ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
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
        if (dialogue.HandedOff) return Say(intent switch { Intent.Complaint => phrases.Sorry, Intent.Order => phrases.OrderPassedOn, _ => phrases.PassingOn });
        if (dialogue.OnlySticker) return Silence;
        if (dialogue.Said.Length == 0)
            return Phrases.WereUnsure(dialogue.Ours) ? Leave(tools, dialogue, "It sent files that cannot be read here.") : Say(phrases.CannotSee);
        if (dialogue.Chosen() is null && await TalkAsync(dialogue, intent, tools, phrases, cancel) is { } talk) return talk;

        var questions = dialogue.Questions();
        if (tools.Contains(Search) && !dialogue.HasSearched)
            return [new FunctionCallContent("search_1", Search, new Dictionary<string, object?> { ["query"] = string.Join('\n', questions) })];
        var verdict = Verdict.Of(dialogue, questions);
        if (verdict.Answers.Count > 0) return Say(Answer(dialogue, verdict, phrases));
        if (Phrases.WereUnsure(dialogue.Ours)) return Leave(tools, dialogue, "Nothing was found, twice.");
        if (handOffWhenUnsure && verdict.Topics.Count == 0) return Leave(tools, dialogue, "Nothing was found.");
        return Say(verdict.Topics.Count > 0
            ? Composition.Offer(phrases.DidYouMean, verdict.Topics, phrases.OrSayOtherwise)
            : $"{phrases.NotFound} {phrases.NearTopics}");
    }

    /// <summary>What is said to a message that asks nothing of the knowledge; null: it does.</summary>
    private async Task<List<AIContent>?> TalkAsync(Dialogue dialogue, Intent intent, HashSet<string> tools, Phrases phrases, CancellationToken cancel)
    {
        var kinds = Talk.In(dialogue.Said);
        if (Phrases.OfferedPerson(dialogue.Ours) && kinds.Contains(Intent.Yes)) return Leave(tools, dialogue, "The customer accepted to be passed on.");
        if (dialogue.Offered().Count > 0 && kinds.Contains(Intent.No)) return Leave(tools, dialogue, "None of the offered topics was it.");
        return intent switch
        {
            Intent.WantsPerson => Leave(tools, dialogue, "The customer asked for a person."),
            Intent.Complaint => Leave(tools, dialogue, "The customer complains."),
            Intent.Order => Leave(tools, dialogue, "The customer orders something."),
            Intent.Greeting or Intent.Help => Say(await GreetingAsync(dialogue, cancel)),
            Intent.Thanks => Phrases.Closed(dialogue.Ours) ? Silence : Say(phrases.Welcome),
            Intent.Goodbye => Phrases.SaidBye(dialogue.Ours) ? Silence : Say(phrases.Bye),
            // Nobody waits for an answer to an "ok" or a thumb up: one at most.
            Intent.Acknowledgement or Intent.Yes or Intent.No => Phrases.Closed(dialogue.Ours) || Letters.Words(dialogue.Said).Count == 0 ? Silence : Say(phrases.Noted),
            _ => null,
        };
    }

    private static string Answer(Dialogue dialogue, Verdict verdict, Phrases phrases)
    {
        var parts = verdict.Answers.Select(a => Composition.Answer(a.Question, a.Hit, dialogue.Tongue)).Distinct().ToList();
        if (verdict.LeavesOpen) parts.Add(phrases.RestUnknown);
        return string.Join("\n\n", parts);
    }

    private async Task<string> GreetingAsync(Dialogue dialogue, CancellationToken cancel)
    {
        var phrases = Phrases.In(dialogue.Tongue);
        await using var db = databases.For(tenant);
        var topics = await new KnowledgeBase(db).TopicsAsync(dialogue.Tongue, MostTopics, cancel);
        return topics.Count == 0 ? $"{phrases.Hello} {phrases.WhatElse}" : $"{phrases.Hello} {Composition.Bullets(phrases.CanHelpWith, topics, phrases.AskAnything)}";
    }

    private static List<AIContent> Silence => [];

    private static List<AIContent> Say(string text) => [new TextContent(text)];

    /// <summary>Calls the hand-off; where an agent may not hand off, says that it does not know.</summary>
    private static List<AIContent> Leave(HashSet<string> tools, Dialogue dialogue, string reason) => tools.Contains(HandOff)
        ? [new FunctionCallContent("hand_off_1", HandOff, new Dictionary<string, object?> { ["reason"] = reason, ["summary"] = Summary(dialogue) })]
        : Say(Phrases.In(dialogue.Tongue).NotFound);

    // The person who goes on reads what was asked, not what a machine makes of it.
    private static string Summary(Dialogue dialogue)
    {
        var asked = new[] { dialogue.Before, dialogue.Said }.Where(t => t.Length > 0 && Intents.Of(t) is Intent.Question or Intent.Complaint or Intent.Order);
        var text = string.Join(" / ", asked.Select(t => t.ReplaceLineEndings(" ")));
        return text.Length == 0 ? dialogue.Said : text;
    }
}
