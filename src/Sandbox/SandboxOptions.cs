namespace ChatOperator.Sandbox;

/// <summary>Where a sandbox listens and what time it believes in.</summary>
public sealed record SandboxOptions
{
    /// <summary>Address of the networks' APIs, the control API and the phone page; port 0 picks a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Address that media bytes are served from: another port than the API's, as with the real networks.</summary>
    public string MediaUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>The clock behind every delay, window and expiry.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads <c>--urls</c> and <c>--media-urls</c> (or <c>ASPNETCORE_URLS</c>) the way every ASP.NET Core program does.</summary>
    public static SandboxOptions From(string[] args)
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(args).Build();
        return new SandboxOptions
        {
            Url = given["urls"] ?? "http://127.0.0.1:5081",
            MediaUrl = given["media-urls"] ?? "http://127.0.0.1:0",
        };
    }
}
