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
}
