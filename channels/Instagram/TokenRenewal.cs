using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Instagram;

/// <summary>
/// Renews the token of Instagram's own login. It lives 60 days and can be renewed from its second day on; one that has died cannot.
/// </summary>
internal static class TokenRenewal
{
    /// <summary>The network refuses to renew a token on its first day.</summary>
    public static readonly TimeSpan Youngest = TimeSpan.FromHours(25);

    public static async Task<TokenAnswer> AskAsync(Connection connection, CancellationToken cancel)
    {
        var token = Uri.EscapeDataString(connection.Settings["access_token"].Trim());
        var address = Settings.Graph.At(
            connection.Settings, $"refresh_access_token?grant_type=ig_refresh_token&access_token={token}", versioned: false);
        var answer = await Settings.Graph.AskAsync(connection, new HttpRequestMessage(HttpMethod.Get, address), cancel);
        using var json = answer.Json();
        if (!answer.IsSuccess) return new NoToken(Settings.Graph.FailureOf(answer, json));
        if (json.Root.Words("access_token"u8) is not { } renewed) return new NoToken(TransportFailures.Unreadable);
        var life = TimeSpan.FromSeconds(Math.Clamp(json.Root.Whole("expires_in"u8) ?? 0, 0, 365L * 86_400));
        // Half its life leaves as long again for a network that does not answer.
        return new RenewedToken("access_token", renewed, life / 2 > Youngest ? life / 2 : Youngest);
    }
}
