using ChatOperator.Agents.Knowledge.Answering;
using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Agents.Versions;

namespace ChatOperator.Agents.Turns;

/// <summary>What the agent says when it hands over and has no words of its own, or only half of them.</summary>
internal static class Parting
{
    /// <param name="said">What the customer wrote, newest first: their language is that of the last words that show one.</param>
    public static string Words(IEnumerable<string> said, ActiveAgent agent) =>
        Phrases.In(said.Select(Tongue.Of).FirstOrDefault(t => t is not null) ?? Tongue.Of(agent.Settings.Instructions) ?? Tongue.English).PassingOn;
}
