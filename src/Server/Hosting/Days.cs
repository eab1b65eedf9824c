namespace ChatOperator.Hosting;

/// <summary>Days that callers name.</summary>
internal static class Days
{
    /// <exception cref="Problem">400: so far away that nobody can count from it.</exception>
    public static DateOnly Check(DateOnly day, string field) =>
        day.Year is >= 1970 and < 9999 ? day : throw Problem.Invalid($"{field} must be a day of the years 1970 to 9998.");
}
