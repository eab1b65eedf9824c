namespace ChatOperator.Hosting;

/// <summary>
/// The configuration of one installation: ordinary .NET configuration, environment variables with the prefix
/// <c>CHATOPERATOR__</c> (<c>CHATOPERATOR__Database__Provider=Postgres</c>).
/// </summary>
public sealed class Settings
{
    /// <summary>The configuration as it was given, not checked yet. Lists may be numbered or, in one value, separated by commas.</summary>
    /// <exception cref="StartException">A value is not of its setting's kind, such as a word for a number.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.Get<Settings>() ?? new Settings();
            settings.TrustedProxies = List(configuration.GetSection(nameof(TrustedProxies)));
            settings.Outbound.PrivateHosts = List(configuration.GetSection($"{nameof(Outbound)}:{nameof(OutboundSettings.PrivateHosts)}"));
            return settings;
        }
        catch (InvalidOperationException e)
        {
            throw new StartException($"The configuration cannot be used: {e.Message}");
        }
    }

    private static string[] List(IConfigurationSection section) =>
        [.. section.GetChildren().Select(c => c.Value).Prepend(section.Value).OfType<string>()
            .SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public DatabaseSettings Database { get; init; } = new();

    /// <summary>Everything an installation on SQLite consists of; also keys and attachments. Relative to the working directory.</summary>
    public string DataDirectory { get; init; } = ".data";

    /// <summary>The address people and networks reach us at, without a trailing slash. Links come from here, never from a Host header.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Whether people reach us over https, so that cookies may be bound to it.</summary>
    internal bool IsHttps => PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Scheme, host and port of <see cref="PublicUrl"/> as browsers write an origin, or "".</summary>
    internal string PublicOrigin =>
        Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : "";

    /// <summary>Reverse proxies (addresses or networks) that are believed about the client's address; those on this machine always are.</summary>
    public string[] TrustedProxies { get; set; } = [];

    public SecretsSettings Secrets { get; init; } = new();

    public ClusterSettings Cluster { get; init; } = new();

    public OutboundSettings Outbound { get; init; } = new();

    public BootstrapSettings Bootstrap { get; init; } = new();

    public IntakeSettings Intake { get; init; } = new();

    public OutboxSettings Outbox { get; init; } = new();

    public AgentBounds Agent { get; init; } = new();

    public MediaSettings Media { get; init; } = new();

    public TemplatesSettings Templates { get; init; } = new();

    public WidgetSettings Widget { get; init; } = new();
}

/// <summary>Where the truth is kept.</summary>
public sealed class DatabaseSettings
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>Needed for PostgreSQL. On SQLite the file stands in the data directory.</summary>
    public string ConnectionString { get; init; } = "";
}

/// <summary>The two kinds of storage.</summary>
public enum DatabaseProvider { Sqlite, Postgres }

/// <summary>Encryption of tokens and passwords at rest.</summary>
public sealed class SecretsSettings
{
    /// <summary>32 bytes, base64. Generated in the data directory when empty; required in a cluster.</summary>
    public string Key { get; init; } = "";
}

/// <summary>Several identical nodes over one PostgreSQL.</summary>
public sealed class ClusterSettings
{
    public bool Enabled { get; init; }

    /// <summary>The IP address at which other nodes reach this one. Empty: loopback, for several nodes on one machine.</summary>
    public string Address { get; init; } = "";

    /// <summary>The port at which other nodes reach this one; 0: any free one.</summary>
    public int Port { get; init; }
}

/// <summary>Limits on what the server may call.</summary>
public sealed class OutboundSettings
{
    /// <summary>Host names or addresses in private ranges that anyone may set as a base address.</summary>
    public string[] PrivateHosts { get; set; } = [];
}

/// <summary>What the first start creates.</summary>
public sealed class BootstrapSettings
{
    public string AdminToken { get; init; } = "";
    public string AdminEmail { get; init; } = "";
    public string AdminPassword { get; init; } = "";
    public string TenantName { get; init; } = "Default";
}

/// <summary>Bounds of the intake.</summary>
public sealed class IntakeSettings
{
    /// <summary>Webhooks waiting for their commit; beyond it the answer is 503 and the network repeats.</summary>
    public int QueueLimit { get; init; } = 4096;

    /// <summary>Bytes of webhooks that are being read or wait for their commit; beyond it the answer is 503.</summary>
    public long QueueBytes { get; init; } = 64L << 20;

    /// <summary>Most webhooks in one commit.</summary>
    public int BatchLimit { get; init; } = 512;

    /// <summary>Largest body in bytes; Meta's own limit.</summary>
    public int MaxBody { get; init; } = 3 << 20;

    /// <summary>How long a message of our account that came back is held until it counts as a person's; networks that name no sender.</summary>
    public double EchoHoldSeconds { get; init; } = 5;
}

/// <summary>Bounds of the outbox.</summary>
public sealed class OutboxSettings
{
    /// <summary>How long one send may take; then its outcome is uncertain.</summary>
    public double SendTimeoutSeconds { get; init; } = 20;

    /// <summary>Sends under way at once for one account on one node, so that a slow network holds up only its own account.</summary>
    public int SendsPerAccount { get; init; } = 128;
}

/// <summary>Bounds of the AI agents.</summary>
public sealed class AgentBounds
{
    /// <summary>How long one answer of a model may take.</summary>
    public double ModelTimeoutSeconds { get; init; } = 90;

    /// <summary>How long a turn may think in all, with every call of the model and of tools; then it failed.</summary>
    public double TurnTimeoutSeconds { get; init; } = 180;

    /// <summary>IANA name of the time zone that agents without one of their own tell the time in.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Turns that think at once on one node; further ones wait.</summary>
    public int TurnsAtOnce { get; init; } = 128;
}

/// <summary>Files of messages.</summary>
public sealed class MediaSettings
{
    /// <summary>Where the bytes are kept; empty: the folder <c>media</c> of the data directory. Nodes of a cluster share one.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Largest file in bytes, received or sent.</summary>
    public long MaxFileBytes { get; init; } = 100L << 20;

    /// <summary>Received files fetched at once by one node; one account gets half of it at most.</summary>
    public int FetchesAtOnce { get; init; } = 32;

    /// <summary>The ffmpeg program, which turns recordings into what a network takes; without it such files are refused.</summary>
    public string Ffmpeg { get; init; } = "ffmpeg";
}

/// <summary>How often the networks are asked for templates.</summary>
public sealed class TemplatesSettings
{
    /// <summary>Hours between two readings when nothing is heard of them.</summary>
    public double SyncHours { get; init; } = 12;

    /// <summary>Least seconds between two readings that news brought about: networks count such calls by the hour.</summary>
    public double LeastSyncSeconds { get; init; } = 60;
}

/// <summary>How much visitors of web widgets may ask of one node. Bursts of a minute's worth are fine.</summary>
public sealed class WidgetSettings
{
    /// <summary>Sessions opened from one network address; a page view opens one.</summary>
    public int SessionsPerMinute { get; init; } = 120;

    /// <summary>Messages of one visitor. Receipts, typing and reading have a multiple of it.</summary>
    public int MessagesPerMinute { get; init; } = 30;

    /// <summary>Files of one visitor.</summary>
    public int FilesPerMinute { get; init; } = 12;

    /// <summary>Conversations that begin from one network address, an IPv6 /64 being one.</summary>
    public int ConversationsPerMinute { get; init; } = 120;

    /// <summary>Megabytes that come from one network address.</summary>
    public int UploadMegabytesPerMinute { get; init; } = 200;

    /// <summary>Streams that one visitor has open, one for each tab that is looked at.</summary>
    public int StreamsPerVisitor { get; init; } = 8;

    /// <summary>How many visitors' messages, files and streams one network address may have: an office shares one.</summary>
    public int VisitorsPerAddress { get; init; } = 20;

    /// <summary>The same for one widget, all its visitors together.</summary>
    public int VisitorsPerWidget { get; init; } = 500;

    /// <summary>Megabytes of one widget's uploads that lie here without having been sent.</summary>
    public int UnsentMegabytes { get; init; } = 2048;
}
