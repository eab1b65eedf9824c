using System.Data.Common;
using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatOperator.Bench;

/// <summary>What is in a database, and how to put history there.</summary>
internal static class Populate
{
    /// <summary>The tenant and up to 20,000 conversations of an account.</summary>
    public static async Task<(Guid Tenant, List<Guid> Conversations)> ConversationsAsync(DatabaseProvider provider, string connectionString, Guid account)
    {
        await using DbConnection connection = provider == DatabaseProvider.Postgres ? new NpgsqlConnection(connectionString) : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT tenant_id, id FROM conversation WHERE account_id = @account LIMIT 20000";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@account", provider == DatabaseProvider.Postgres ? account : account.ToByteArray(true));
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var tenant = Guid.Empty;
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            tenant = IdOf(reader.GetValue(0));
            ids.Add(IdOf(reader.GetValue(1)));
        }
        return (tenant, ids);
    }

    /// <summary>An id as either database gives it.</summary>
    public static Guid IdOf(object value) =>
        value switch { Guid id => id, byte[] bytes => new Guid(bytes, true), var other => throw new InvalidDataException($"{other} is no id.") };
}
