namespace ChatOperator.Hosting;

/// <summary>The one way to read the time.</summary>
internal static class Clock
{
    /// <summary>Now in UTC, cut to milliseconds: what both databases store and the API prints, so that times compare equal everywhere.</summary>
    public static DateTimeOffset Now(this TimeProvider time) => time.GetUtcNow().ToMilliseconds();

    /// <summary>The same moment in UTC without what is below a millisecond.</summary>
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset moment) =>
        DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());

    /// <summary>A new public id; sorts by time.</summary>
    public static Guid NewId(this TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
