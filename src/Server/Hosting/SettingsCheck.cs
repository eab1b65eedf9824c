using System.Net;

namespace ChatOperator.Hosting;

/// <summary>Refuses a configuration that the server could only fail with later, naming everything that is wrong with it at once.</summary>
internal static class SettingsCheck
{
    private const double Day = 86_400;

    /// <exception cref="StartException">With one line for each setting that cannot be used.</exception>
    public static void Check(this Settings settings)
    {
        var errors = Places(settings).Concat(Numbers(settings)).ToList();
        if (errors.Count > 0) throw new StartException(string.Join('\n', errors.Prepend("The configuration cannot be used:")));
    }

    private static IEnumerable<string> Places(Settings settings)
    {
        if (settings.DataDirectory.Trim().Length == 0) yield return "DataDirectory: a folder is needed.";
        if (settings.PublicUrl.Length > 0 && !IsPublicUrl(settings.PublicUrl))
            yield return $"PublicUrl: {settings.PublicUrl} is not an address such as https://chat.example.com.";
        if (settings.Database is { Provider: DatabaseProvider.Postgres, ConnectionString.Length: 0 })
            yield return "Database:ConnectionString: PostgreSQL needs one.";
        if (settings.Secrets.Key is { Length: > 0 } key && !IsKey(key)) yield return "Secrets:Key must be 32 bytes in base64.";
        foreach (var proxy in settings.TrustedProxies)
            if (!System.Net.IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _))
                yield return $"TrustedProxies: {proxy} is neither an address nor a network such as 10.0.0.0/8.";
        if (settings.Cluster is { Enabled: true } && settings.Database.Provider != DatabaseProvider.Postgres)
            yield return "Cluster:Enabled: a cluster needs PostgreSQL; set Database:Provider to Postgres.";
        if (settings.Cluster is { Enabled: true } && settings.Secrets.Key.Length == 0)
            yield return "Secrets:Key: a cluster needs 32 random bytes in base64, the same on every node.";
        if (settings.Cluster.Address.Length > 0 && !IPAddress.TryParse(settings.Cluster.Address, out _))
            yield return $"Cluster:Address: {settings.Cluster.Address} is not an IP address.";
    }

    private static IEnumerable<string> Numbers(Settings settings) =>
        new[]
        {
            Within("Cluster:Port", settings.Cluster.Port, 0, 65535),
            Within("Intake:QueueLimit", settings.Intake.QueueLimit, 1, 1_000_000),
            Within("Intake:QueueBytes", settings.Intake.QueueBytes, settings.Intake.MaxBody, long.MaxValue),
            Within("Intake:BatchLimit", settings.Intake.BatchLimit, 1, 10_000),
            Within("Intake:MaxBody", settings.Intake.MaxBody, 1024, 64 << 20),
            Within("Intake:EchoHoldSeconds", settings.Intake.EchoHoldSeconds, 0, 600),
            Within("Outbox:SendTimeoutSeconds", settings.Outbox.SendTimeoutSeconds, 0.1, 600),
            Within("Outbox:SendsPerAccount", settings.Outbox.SendsPerAccount, 1, 100_000),
            Within("Agent:ModelTimeoutSeconds", settings.Agent.ModelTimeoutSeconds, 0.1, 3600),
            Within("Agent:TurnsAtOnce", settings.Agent.TurnsAtOnce, 1, 100_000),
            Within("Media:MaxFileBytes", settings.Media.MaxFileBytes, 1, long.MaxValue),
            Within("Media:FetchesAtOnce", settings.Media.FetchesAtOnce, 1, 10_000),
            Within("Templates:SyncHours", settings.Templates.SyncHours, 0.001, 24 * 365),
            Within("Templates:LeastSyncSeconds", settings.Templates.LeastSyncSeconds, 0, Day),
            Within("Widget:SessionsPerMinute", settings.Widget.SessionsPerMinute, 1, 1_000_000),
            Within("Widget:MessagesPerMinute", settings.Widget.MessagesPerMinute, 1, 1_000_000),
            Within("Widget:FilesPerMinute", settings.Widget.FilesPerMinute, 1, 1_000_000),
        }.OfType<string>();

    /// <summary>Written so that a number that is none (NaN) is out of every range.</summary>
    private static string? Within(string name, double value, double least, double most) =>
        value >= least && value <= most ? null
        : most >= long.MaxValue ? FormattableString.Invariant($"{name}: {value} is too small; {least} or more is needed.")
        : FormattableString.Invariant($"{name}: {value} is not between {least} and {most}.");

    private static bool IsPublicUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" };

    private static bool IsKey(string base64) => Convert.TryFromBase64String(base64, new byte[64], out var length) && length == 32;
}
