using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ChatOperator.Harness;

/// <summary>For what becomes true a little later: asks again until it is, or the deadline has passed.</summary>
public static class Eventually
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    /// <summary>The first answer that satisfies.</summary>
    /// <param name="seconds">Deadline by the wall clock: generous, since it is only spent when the test fails.</param>
    /// <exception cref="TimeoutException">Names the condition and the last answer.</exception>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> ask, Func<T, bool> enough, double seconds = 30, [CallerArgumentExpression(nameof(enough))] string condition = "")
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (enough(answer)) return answer;
            if (waited.Elapsed.TotalSeconds > seconds) throw new TimeoutException($"Not within {seconds} s: {condition}. Last: {answer}");
            // The longer it has waited, the more seldom it asks: hundreds of tests wait beside each other, and each question is work for the server.
            var pause = waited.Elapsed / 10;
            await Task.Delay(pause < Shortest ? Shortest : pause > Longest ? Longest : pause, TimeProvider.System);
        }
    }

    /// <inheritdoc cref="GetAsync{T}"/>
    public static Task TrueAsync(Func<Task<bool>> ask, double seconds = 30, [CallerArgumentExpression(nameof(ask))] string condition = "") =>
        GetAsync(ask, yes => yes, seconds, condition);
}
