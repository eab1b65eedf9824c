using System.Text.Json;
using ChatOperator.Agents.Knowledge;
using ChatOperator.Agents.Knowledge.Answering;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Bench;

/// <summary>Asks the embedded answerer as a turn does: with the tools, in their loop, and with the settings of a new tenant.</summary>
internal sealed class Customer(Databases databases, Guid tenant)
{
    private readonly List<string> _found = [];

    public async Task<Asked> AskAsync(Question question)
    {
        var talk = new List<ChatMessage>();
        foreach (var before in question.After ?? [])
        {
            talk.Add(new(ChatRole.User, before));
            talk.Add(new(ChatRole.Assistant, (await AnswerAsync(talk)).Reply));
        }
        _found.Clear();
        talk.Add(new(ChatRole.User, question.Text));
        var (reply, searched, handedOff) = await AnswerAsync(talk);
        var unsure = Phrases.WereUnsure(reply);
        var outcome = handedOff ? "handed_off" : reply.Length == 0 ? "silent" : unsure ? "asked" : searched ? "answered" : "talked";
        var asked = new Asked(question, reply, outcome, Tongue.Of(reply), [.. _found]);
        if (!unsure) return asked;
        talk.Add(new ChatMessage(ChatRole.Assistant, reply));
        // A customer who is offered topics picks the right one, when it is among them.
        for (var option = 1; reply.Contains($"\n{option}. ", StringComparison.Ordinal); option++)
            if (question.IsPartlyToldBy((await AnswerAsync([.. talk, new(ChatRole.User, $"{option}")])).Reply)) return asked with { OfferedTheRight = true };
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
                    var found = await new KnowledgeBase(db).FindAsync(query, 5);
                    _found.AddRange(found.SelectMany(f => f.Hits.Take(3).Select(h => $"{h.Score:0.00}{(h.Confident ? "!" : " ")} {h.Title} <- {f.Query}")));
                    return JsonSerializer.Serialize(found, Json.Options);
                },
                EmbeddedAnswerer.Search),
            AIFunctionFactory.Create((string reason, string summary) => { handedOff = true; return "ok"; }, EmbeddedAnswerer.HandOff),
        };
        using var client = new FunctionInvokingChatClient(new EmbeddedAnswerer(databases, tenant, handOffWhenUnsure: true));
        var response = await client.GetResponseAsync(talk, new ChatOptions { Tools = tools });
        return (response.Messages[^1].Text, searched, handedOff);
    }
}
