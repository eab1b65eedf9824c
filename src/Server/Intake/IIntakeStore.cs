namespace ChatOperator.Intake;

/// <summary>How a batch reaches the database. Two implementations under one suite of tests: SQLite row by row, PostgreSQL in sets.</summary>
internal interface IIntakeStore
{
    /// <summary>
    /// Writes receipts and everything they mean in one transaction, and concludes every item of the batch.
    /// Nothing is written when it throws.
    /// </summary>
    Task ApplyAsync(Batch batch);

    /// <summary>Keeps a receipt that cannot be applied: all its items fail with <paramref name="why"/>.</summary>
    Task KeepAsFailedAsync(Arrival arrival, string why);

    /// <summary>Whether the data is to blame (a constraint, a value out of range, our own mistake in applying it) and not the database's state.</summary>
    bool IsDataError(Exception e);
}
