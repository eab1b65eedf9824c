using System.Diagnostics;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Bench;

/// <summary>
/// How good the agent is without any model, on what customers of the demo's bakery ask: whether what it answers is right, how much it
/// answers, and how often it takes a person. The lines "held" count: the answerer was tuned on the other set only.
/// </summary>
internal static class AnswersBench
{
    public static async Task RunAsync(Options options)
    {
        var database = Enum.Parse<DatabaseProvider>(options.Text("database", "sqlite"), ignoreCase: true);
        await using var server = await TestServer.StartAsync(database);
        var tenant = await server.TenantAsync();
        foreach (var entry in DemoKnowledge.Read()) await tenant.Api.PostAsync("/admin/knowledge", entry);
        var customer = new Customer(server.Services.GetRequiredService<Databases>(), tenant.Id);

        foreach (var (name, set) in ((string, string)[])[("held", "held-out"), ("tune", "tuning")])
            await new Score(name).RunAsync(customer, Question.ReadAll(set), tell: options.Text("show", "") == name);
        // All code has run before: what is measured is answering, not compiling.
        var answered = Question.ReadAll("held-out").FindAll(q => q is { Kind: "known", After: null });
        var (cpu, watch) = (Cpu.Of(Environment.ProcessId), Stopwatch.StartNew());
        foreach (var question in answered) await customer.AskAsync(question);
        Print.Line("answers.cpu", (Cpu.Of(Environment.ProcessId) - cpu) * 1000 / answered.Count, "ms");
        Print.Line("answers.time", watch.Elapsed.TotalMilliseconds / answered.Count, "ms");
    }
}
