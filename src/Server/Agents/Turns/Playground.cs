using System.Diagnostics;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>A talk with the agent that no customer sees.</summary>
/// <param name="Messages">Oldest first; the last one is answered.</param>
/// <param name="Settings">Settings to try out, on top of the current or the named version; not stored.</param>
/// <param name="Version">null: the current one.</param>
/// <param name="AccountId">Whose agent; null: the tenant's.</param>
public sealed record PlaygroundRequest(
    IReadOnlyList<PlaygroundLine> Messages, AgentForm? Settings = null, int? Version = null, Guid? AccountId = null);

/// <summary>One line of such a talk.</summary>
/// <param name="Role">user | agent.</param>
public sealed record PlaygroundLine(string Role, string Text);

/// <summary>What the agent would have done.</summary>
public sealed record PlaygroundAnswer(string Reply, TurnOutcome Outcome, AiLog Log);

/// <summary>Lets an owner talk to a version of the agent. It thinks as it would for a customer; tools that change something are not called.</summary>
internal sealed class Playground(
    CurrentCaller caller, AppDb db, AgentEditing editing, ToolShelf shelf, Thinking thinking, OutputGuards guards, Settings settings, TimeProvider time, IHostApplicationLifetime node)
{
    private const int MostLines = 60;
    private const int LongestLine = 8000;

    public static void Map(WebApplication app) =>
        app.MapPost("/admin/agent/playground", (PlaygroundRequest request, Playground playground, CancellationToken cancel) => playground.TalkAsync(request, cancel))
            .WithTags("Agent").RequireAuthorization(Access.Manage).WithSummary("Talk to a version of the agent without a channel");

    /// <exception cref="Problem">400. 404: no such account or version.</exception>
    public async Task<PlaygroundAnswer> TalkAsync(PlaygroundRequest request, CancellationToken cancel)
    {
        if (request.Messages.Count is 0 or > MostLines || request.Messages[^1].Role != "user") throw Problem.Invalid($"messages: 1 to {MostLines}, the last one of the user.");
        if (request.Messages.Any(m => m.Role is not ("user" or "agent") || m.Text.Length > LongestLine)) throw Problem.Invalid("messages: role is user or agent, text of up to 8000 characters.");
        var agent = await AgentAsync(request, cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, node.ApplicationStopping);
        using var thought = new Thought(Thought.MostRestarts, stop.Token);
        using var place = await thinking.EnterAsync(caller.Tenant, thought.Cancelled);
        var guard = guards.For(agent, null);
        var record = new TurnRecord(time, guard);
        var (began, startedAt) = (Stopwatch.GetTimestamp(), time.Now());
        var prompt = new Prompt(agent, settings.Agent.TimeZone);
        guard.Protect([], prompt.Fence);
        var tools = shelf.For(new TurnScope(agent, null, null, 0, thought, record, (_, _) => Task.FromResult(false)));
        var business = await db.Tenants.Where(t => t.Id == caller.Tenant).Select(t => t.Name).SingleAsync(cancel);
        var conclusion = await ConcludeAsync(request, agent, prompt, business, tools, thought, record);
        var (words, _) = guard.Clean(conclusion.Words);
        if (conclusion.HandOff is not null && (words.Length == 0 || conclusion.Failure is not null))
            words = Parting.Words(request.Messages.Where(m => m.Role == "user").Reverse().Select(m => m.Text), agent);
        var outcome = conclusion.HandOff is not null ? TurnOutcome.HandedOff : conclusion.Failure is not null ? TurnOutcome.Failed
            : words.Length > 0 ? TurnOutcome.Answered : TurnOutcome.Nothing;
        record.Step("outcome", StepName.TurnEnded(outcome), ("reason", conclusion.Failure?.Code ?? conclusion.HandOff?.Reason));
        return new PlaygroundAnswer(words, outcome, AiLog.Of(new AgentTurn
        {
            TenantId = caller.Tenant, Id = time.NewId(), StartedAt = startedAt, Outcome = outcome, Reason = conclusion.Failure?.Code,
            AgentVersion = agent.Version, Model = agent.Settings.Model.IsConfigured ? agent.Settings.Model.Name : "", InputTokens = record.InputTokens,
            OutputTokens = record.OutputTokens, Cost = agent.Settings.Model.Cost(record.InputTokens, record.OutputTokens),
            LatencyMs = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds, Log = record.Log.Write(),
        }));
    }

    private async Task<Conclusion> ConcludeAsync(
        PlaygroundRequest request, ActiveAgent agent, Prompt prompt, string business, Toolbox tools, Thought thought, TurnRecord record)
    {
        var said = request.Messages.Reverse().TakeWhile(m => m.Role == "user").Select(m => m.Text);
        if (Keywords.Find(agent.Settings.Handoff.Keywords, said) is { } keyword)
        {
            record.Step("guard", new("keyword", "A keyword hands over"), ("keyword", keyword));
            return new Conclusion("", new HandOff($"The customer wrote “{keyword}”.", "", "keyword"));
        }
        List<SaidLine> lines = [.. request.Messages.Select(m => new SaidLine(m.Role == "user", m.Text))];
        return await thinking.ThinkAsync(agent, prompt.Write(business, "", [], lines, time.Now()), tools, thought, record);
    }

    private async Task<ActiveAgent> AgentAsync(PlaygroundRequest request, CancellationToken cancel)
    {
        var account = request.AccountId ?? AgentVersion.OfTenant;
        var agent = request.Version is { } version ? await editing.AtAsync(account, version, cancel) : (await editing.ReadAsync(account, cancel)).Agent;
        return request.Settings is { } form ? await editing.DraftAsync(agent, form, cancel) : agent;
    }
}
