using System.Text;
using ChatOperator.Hosting;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Turns;

/// <summary>Takes down what happens inside a turn, as it happens.</summary>
internal sealed class TurnRecord(TimeProvider time, OutputGuard guard)
{
    private const int MostPrompt = 4000;

    private readonly StringBuilder _reasoning = new();
    private readonly List<PromptLine> _prompt = [];
    private readonly List<ToolUse> _tools = [];
    private readonly List<KnowledgeUse> _knowledge = [];
    private readonly List<TurnStep> _steps = [];

    public long InputTokens { get; private set; }
    public long OutputTokens { get; private set; }
    public TurnLog Log => new(guard.Mask(_reasoning.ToString()), _prompt, _tools, _knowledge, _steps);

    public void Step(string kind, StepName name, params ReadOnlySpan<(string Name, object? Value)> facts)
    {
        var detail = new Dictionary<string, object?>();
        foreach (var (fact, value) in facts)
            if (value is not null) detail[fact] = value;
        _steps.Add(new TurnStep(time.Now(), kind, name.Title, detail.Count > 0 ? detail : null, name.Code, name.Values));
    }

    /// <summary>What the model is first given; long texts are cut, pictures named.</summary>
    public void Prompt(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            var text = string.Concat(message.Contents.Select(c => c switch { TextContent t => t.Text, DataContent d => $"\n[{d.MediaType}]", _ => "" }));
            _prompt.Add(new PromptLine(message.Role.Value, guard.Mask(text.Length <= MostPrompt ? text : text[..MostPrompt] + "…")));
        }
    }

    public void Use(ToolUse use, bool ok)
    {
        Step("tool", ok ? new("tool_used", $"Used {use.Name}", ("tool", use.Name)) : new("tool_failed", $"{use.Name} failed", ("tool", use.Name)), (TurnLog.Use, _tools.Count));
        _tools.Add(use);
    }

    /// <summary>A text that the model may be given and people may read: without secrets.</summary>
    public string Mask(string text) => guard.Mask(text);

    public void Know(KnowledgeUse passage) => _knowledge.Add(passage);

    public void Think(string words) => _reasoning.Append(words);

    public void Count(UsageDetails usage)
    {
        InputTokens += usage.InputTokenCount ?? 0;
        OutputTokens += usage.OutputTokenCount ?? 0;
    }
}
