using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ChatOperator.Db;

/// <summary>How PostgreSQL is opened.</summary>
internal static class Postgres
{
    /// <summary>For everything done for a caller: without a tenant it sees no rows.</summary>
    public const string AppRole = "chatoperator_app";

    /// <summary>For sign-in and hook look-up, intake, due queues, sweeps and the platform.</summary>
    public const string SystemRole = "chatoperator_system";

    /// <summary>Sets the tenant of a connection; parameter 1 is the tenant's id as text.</summary>
    public const string SetTenant = "SELECT set_config('app.tenant_id', $1, false)";

    /// <remarks>
    /// The role is a start-up option and connections are not reset between uses: a reset would return to the login role, which may be a
    /// superuser that row-level security does not hold. The tenant is set anew at each opening, so nothing leaks from the use before.
    /// No query here runs long enough to be worth a compiler: beside a table that is not analyzed yet, sweeps that find nothing cost it a
    /// third of the database's time.
    /// </remarks>
    /// <param name="connectionString">As configured.</param>
    /// <param name="role">What its connections may see.</param>
    /// <param name="options">More settings of the session.</param>
    /// <param name="buffer">Bytes that a connection reads or writes at once; null: what is configured.</param>
    public static NpgsqlDataSource Pool(string connectionString, string role, string? options = null, int? buffer = null)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        if (buffer is { } bytes) (builder.ConnectionStringBuilder.ReadBufferSize, builder.ConnectionStringBuilder.WriteBufferSize) = (bytes, bytes);
        builder.ConnectionStringBuilder.Options = $"{builder.ConnectionStringBuilder.Options} -c role={role} -c jit=off {options}".Trim();
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.ApplicationName = $"chat-operator {role}";
        return builder.Build();
    }
}

/// <summary>Names the tenant on every connection a tenant's context opens: the second wall.</summary>
internal sealed class TenantOnConnection : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection, eventData);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection, eventData);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(DbConnection connection, ConnectionEndEventData eventData)
    {
        var tenant = ((AppDb)eventData.Context!).TenantFilter;
        return new NpgsqlCommand(Postgres.SetTenant, (NpgsqlConnection)connection) { Parameters = { new() { Value = tenant.ToString() } } };
    }
}
