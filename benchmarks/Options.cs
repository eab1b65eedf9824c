using System.Globalization;

namespace ChatOperator.Bench;

/// <summary>What a run is asked to do otherwise: <c>--rounds 3 --databases sqlite</c>.</summary>
internal sealed class Options(string[] args)
{
    public int Number(string name, int otherwise) => Value(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => Value(name) ?? otherwise;

    private string? Value(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}

/// <summary>Result lines.</summary>
internal static class Print
{
    public static void Line(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:0.###} {unit}"));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
