using System.Globalization;
using ChatOperator.Crash;
using ChatOperator.Hosting;

// dev/crash intake [--kills N] [--database sqlite|postgres] [--outages N] [--seed N]
if (args is not ["intake", ..])
{
    Console.Error.WriteLine("usage: dev/crash intake [--kills N] [--outages N] [--database sqlite|postgres] [--seed N]");
    return 2;
}
var databases = Value("database") is { } named ? [Enum.Parse<DatabaseProvider>(named, ignoreCase: true)] : Enum.GetValues<DatabaseProvider>();
var plan = new Plan(Number("kills", 20), Number("outages", 2), Number("seed", Environment.TickCount));
var failed = false;
foreach (var database in databases)
{
    Console.WriteLine($"{database.ToString().ToLowerInvariant()}: {plan.Kills} kills, {plan.Outages} outages, seed {plan.Seed}");
    var found = await IntakeCrash.RunAsync(database, plan, Console.WriteLine);
    Console.WriteLine(found);
    failed |= !found.IsGood;
}
return failed ? 1 : 0;

string? Value(string name) => Array.IndexOf(args, "--" + name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => Value(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
