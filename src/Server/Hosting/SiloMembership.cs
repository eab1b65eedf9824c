using ChatOperator.Db;

namespace ChatOperator.Hosting;

/// <summary>
/// The tables and statements by which Orleans' ADO.NET clustering keeps its list of nodes in PostgreSQL. Orleans fetches each statement by its
/// key; the names of keys, parameters and columns are its contract. Every change moves the list's version, on the condition that nobody
/// moved it before: that makes the list one story for all nodes.
/// </summary>
internal static class SiloMembership
{
    private const string Columns =
        "v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version";

    private const string ThisSilo = "m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation";

    private static readonly (string Key, string Sql)[] Statements =
    [
        ("InsertMembershipVersionKey", """
            WITH made AS (INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::integer FROM made
            """),
        ("InsertMembershipKey", $"""
            WITH moved AS (
              UPDATE OrleansMembershipVersionTable v SET Version = v.Version + 1, Timestamp = now()
              WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version
                AND NOT EXISTS (SELECT FROM OrleansMembershipTable m WHERE m.DeploymentId = @DeploymentId AND {ThisSilo})
              RETURNING 1),
            made AS (
              INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
              SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM moved
              RETURNING 1)
            SELECT count(*)::integer FROM made
            """),
        ("UpdateMembershipKey", $"""
            WITH moved AS (
              UPDATE OrleansMembershipVersionTable v SET Version = v.Version + 1, Timestamp = now()
              WHERE v.DeploymentId = @DeploymentId AND v.Version = @Version
                AND EXISTS (SELECT FROM OrleansMembershipTable m WHERE m.DeploymentId = @DeploymentId AND {ThisSilo})
              RETURNING 1),
            changed AS (
              UPDATE OrleansMembershipTable m SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
              FROM moved WHERE m.DeploymentId = @DeploymentId AND {ThisSilo} RETURNING 1)
            SELECT count(*)::integer FROM changed
            """),
        ("UpdateIAmAlivetimeKey", $"UPDATE OrleansMembershipTable m SET IAmAliveTime = @IAmAliveTime WHERE m.DeploymentId = @DeploymentId AND {ThisSilo}"),
        // The version is answered even when no node is on the list.
        ("MembershipReadRowKey", $"""
            SELECT {Columns} FROM OrleansMembershipVersionTable v
            LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId AND {ThisSilo} WHERE v.DeploymentId = @DeploymentId
            """),
        ("MembershipReadAllKey", $"""
            SELECT {Columns} FROM OrleansMembershipVersionTable v
            LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId WHERE v.DeploymentId = @DeploymentId
            """),
        ("GatewaysQueryKey", """
            SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
            """),
        ("DeleteMembershipTableEntriesKey", """
            DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
            DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
            """),
        // 3 is an active node: those are never cleaned away.
        ("CleanupDefunctSiloEntriesKey",
            "DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3"),
    ];

    /// <summary>Everything, repeatable, to be run in one transaction that nodes take in turn; a statement that changed with the version of this program replaces the old one.</summary>
    public static readonly string Script = $"""
        SELECT pg_advisory_xact_lock({(int)AdvisoryLock.Membership});
        CREATE TABLE IF NOT EXISTS OrleansQuery (QueryKey varchar(64) PRIMARY KEY, QueryText varchar(8000) NOT NULL);
        CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable (
          DeploymentId varchar(150) PRIMARY KEY, Timestamp timestamptz(3) NOT NULL DEFAULT now(), Version integer NOT NULL DEFAULT 0);
        CREATE TABLE IF NOT EXISTS OrleansMembershipTable (
          DeploymentId varchar(150) NOT NULL REFERENCES OrleansMembershipVersionTable, Address varchar(45) NOT NULL, Port integer NOT NULL,
          Generation integer NOT NULL, SiloName varchar(150) NOT NULL, HostName varchar(150) NOT NULL, Status integer NOT NULL, ProxyPort integer,
          SuspectTimes varchar(8000), StartTime timestamptz(3) NOT NULL, IAmAliveTime timestamptz(3) NOT NULL,
          PRIMARY KEY (DeploymentId, Address, Port, Generation));
        {string.Join('\n', Statements.Select(Insert))}
        """;

    private static string Insert((string Key, string Sql) statement) => $"""
        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES ('{statement.Key}', $sql${statement.Sql}$sql$)
        ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;
        """;
}
