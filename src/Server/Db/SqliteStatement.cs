using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ChatOperator.Db;

/// <summary>
/// A prepared statement without ADO.NET between: for the intake's writer, where a message costs several statements and parameter
/// look-ups by name would cost more than the statement. Parameters are bound in order; not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int Short = 500;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private int _next = 1;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, true, out _);
        Check(raw.sqlite3_bind_blob(_statement, _next++, bytes));
        return this;
    }

    public SqliteStatement Bind(Guid? id) => id is { } some ? Bind(some) : BindNull();

    public SqliteStatement Bind(ReadOnlySpan<byte> blob)
    {
        Check(blob.Length == 0 ? raw.sqlite3_bind_zeroblob(_statement, _next++, 0) : raw.sqlite3_bind_blob(_statement, _next++, blob));
        return this;
    }

    public SqliteStatement Bind(string? text)
    {
        if (text is null) return BindNull();
        // An empty span would be bound as NULL; a long text is worth an array of its own.
        if (text.Length is 0 or > Short)
        {
            Check(raw.sqlite3_bind_text(_statement, _next++, text));
            return this;
        }
        Span<byte> bytes = stackalloc byte[3 * Short];
        Check(raw.sqlite3_bind_text(_statement, _next++, bytes[..System.Text.Encoding.UTF8.GetBytes(text, bytes)]));
        return this;
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(double value)
    {
        Check(raw.sqlite3_bind_double(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } some ? Bind(some) : BindNull();

    public SqliteStatement Bind(DateTimeOffset moment) => Bind(moment.ToUnixTimeMilliseconds());

    public SqliteStatement Bind(DateTimeOffset? moment) => Bind(moment?.ToUnixTimeMilliseconds());

    /// <summary>Binds what a column of this schema may hold.</summary>
    /// <exception cref="ArgumentException">No column holds such a value.</exception>
    public SqliteStatement BindValue(object? value) => value switch
    {
        null => BindNull(),
        string text => Bind(text),
        long number => Bind(number),
        int number => Bind((long)number),
        bool flag => Bind(flag ? 1L : 0L),
        double number => Bind(number),
        byte[] blob => Bind(blob.AsSpan()),
        DateOnly day => Bind(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"{value.GetType()} is not bound here."),
    };

    /// <summary>Runs a statement that returns no rows; the number of rows it changed.</summary>
    public int Run()
    {
        try
        {
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_DONE) Check(code);
            return raw.sqlite3_changes(_db);
        }
        finally { Reset(); }
    }

    /// <summary>Moves to the next row; resets itself after the last.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        Reset();
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    /// <summary>Before the last row was read: frees the statement for its next use.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        _next = 1;
    }

    public Guid Guid(int column) => new(raw.sqlite3_column_blob(_statement, column), true);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public void Dispose() => _statement.Dispose();

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, _next++));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _db);
    }
}
