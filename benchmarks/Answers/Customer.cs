using System.Text.Json;
using ChatOperator.Agents.Knowledge;
using ChatOperator.Agents.Knowledge.Answering;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Bench;

/// <summary>Asks the embedded answerer as a turn does: with the tools, in their loop.</summary>
internal sealed class Customer(Databases databases, Guid tenant)
{
    private readonly List<string> _found = [];

    public async Task<Asked> AskAsync(Question question)
    {
        _found.Clear();
        var talk = new List<ChatMessage> { new(ChatRole.User, question.Text) };
        var (reply, searched, handedOff) = await AnswerAsync(talk);
        var unsure = Phrases.WereUnsure(reply);
        var outcome = handedOff ? "handed_off" : unsure ? "asked" : searched ? "answered" : "talked";
        List<string> found = [.. _found];
        if (!unsure) return new Asked(question, reply, outcome, handedOff, found);
        talk.Add(new ChatMessage(ChatRole.Assistant, reply));
        var asked = new Asked(question, reply, outcome, (await AnswerAsync([.. talk, new(ChatRole.User, question.Text)])).HandedOff, found);
        // A customer who is offered topics picks the right one, when it is among them.
        for (var option = 1; reply.Contains($"\n{option}. ", StringComparison.Ordinal); option++)
            if (question.Fact.Any((await AnswerAsync([.. talk, new(ChatRole.User, $"{option}")])).Reply.Contains)) return asked with { OfferedTheRight = true };
        return asked;
    }

    private async Task<(string Reply, bool Searched, bool HandedOff)> AnswerAsync(List<ChatMessage> talk)
    {
        var (searched, handedOff) = (false, false);
        var tools = new List<AITool>
        {
            AIFunctionFactory.Create(
                async (string query) =>
                {
                    searched = true;
                    await using var db = databases.For(tenant);
                    var hits = await new KnowledgeBase(db).SearchAsync(query, 5);
                    _found.AddRange(hits.Take(3).Select(h => $"{h.Score:0.00}{(h.Confident ? "!" : " ")} {h.Title} <- {query.ReplaceLineEndings(" ")}"));
                    return JsonSerializer.Serialize(hits, Json.Options);
                },
                EmbeddedAnswerer.Search),
            AIFunctionFactory.Create((string reason, string summary) => { handedOff = true; return "ok"; }, EmbeddedAnswerer.HandOff),
        };
        using var client = new FunctionInvokingChatClient(new EmbeddedAnswerer(databases, tenant, handOffWhenUnsure: false));
        var response = await client.GetResponseAsync(talk, new ChatOptions { Tools = tools });
        return (response.Messages[^1].Text, searched, handedOff);
    }
}
