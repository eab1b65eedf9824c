using System.Diagnostics;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Bench;

/// <summary>
/// How good the agent is without any model, on what customers of the demo's bakery ask: whether what it answers is right, how much it
/// answers, and how often it takes a person. The lines "held" count: the answerer was tuned on the other half only.
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

        var results = new List<Asked>();
        var watch = Stopwatch.StartNew();
        foreach (var question in Question.ReadAll()) results.Add(await customer.AskAsync(question));
        var took = watch.Elapsed;

        foreach (var half in (string[])["held", "tune"]) Report(half, results.FindAll(r => r.Question.Half == half));
        Print.Line("answers.time", took.TotalMilliseconds / results.Count, "ms");
        foreach (var asked in results.Where(r => r.Question.Half == options.Text("show", "") && !r.IsGood)) Console.Error.WriteLine(asked.Tell());
    }

    private static void Report(string half, List<Asked> all)
    {
        var inScope = all.FindAll(r => r.Question.Kind == "known");
        var outside = all.FindAll(r => r.Question.Kind == "other");
        var given = inScope.Concat(outside).Where(r => r.Outcome == "answered").ToList();
        Print.Line($"answers.{half}.precision", Share(given.Count(r => r.IsRight), given.Count), "share");
        Print.Line($"answers.{half}.answered", Share(inScope.Count(r => r.IsRight), inScope.Count), "share");
        Print.Line($"answers.{half}.outside_answered", Share(outside.Count(r => r.Outcome == "answered"), outside.Count), "share");
        Print.Line($"answers.{half}.person_reached", Share(all.Count(r => r.Question.Kind == "person" && r.IsGood), all.Count(r => r.Question.Kind == "person")), "share");
        Print.Line($"answers.{half}.within_two", Share(inScope.Count(r => r.IsRight || r.OfferedTheRight), inScope.Count), "share");
        Print.Line($"answers.{half}.asked_back", Share(inScope.Count(r => r.Outcome == "asked"), inScope.Count), "share");
        Print.Line($"answers.{half}.handed_off", Share(inScope.Count(r => r.HandedOffInTheEnd), inScope.Count), "share");
        Print.Line($"answers.{half}.questions", all.Count, "questions");
    }

    private static double Share(int part, int of) => of == 0 ? 0 : (double)part / of;
}
