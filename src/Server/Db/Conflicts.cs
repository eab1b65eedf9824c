using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatOperator.Db;

/// <summary>What the databases call each failure.</summary>
internal static class Conflicts
{
    private const int SqliteUnique = 2067, SqlitePrimaryKey = 1555;

    /// <summary>Whether a write failed because a unique key was taken.</summary>
    public static bool IsDuplicate(this DbUpdateException failure) => failure.InnerException switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteUnique or SqlitePrimaryKey,
        _ => false,
    };

    /// <summary>Whether a transaction was ended because another one stood in its way: the same work, done again, may well succeed.</summary>
    public static bool IsCollision(this Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
            if (cause is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }) return true;
        return false;
    }
}
