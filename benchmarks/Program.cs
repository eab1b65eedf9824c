using ChatOperator.Bench;

// One question a benchmark: ./bench NAME [options]. Lines are "name value unit", ratios first.
var scenarios = new Dictionary<string, Func<Options, Task>>
{
    ["agent"] = AgentBench.RunAsync,
    ["answers"] = AnswersBench.RunAsync,
    ["intake"] = IntakeBench.RunAsync,
    ["media"] = MediaBench.RunAsync,
    ["outbox"] = OutboxBench.RunAsync,
    ["start"] = StartBench.RunAsync,
};

if (args is ["populate", ..])
{
    await History.PopulateAsync(new Options(args[1..]));
    return 0;
}
if (args.Length == 0 || !scenarios.TryGetValue(args[0], out var scenario))
{
    Console.Error.WriteLine($"usage: ./bench NAME [--key value …], where NAME is one of: {string.Join(", ", scenarios.Keys.Order())}");
    return 2;
}
await scenario(new Options(args[1..]));
return 0;
