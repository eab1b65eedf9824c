using System.Text;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.MetaMessaging;

namespace ChatOperator.Sandbox.Instagram;

/// <summary>Plays an Instagram account's direct messages, and the renewal of tokens of Instagram's own login.</summary>
internal sealed class InstagramNetwork(World world) : MetaNetwork(world)
{
    private const int LongestText = 1000;

    public override string Channel => "instagram";

    public override string Object => "instagram";

    public override string? InboxApp => null;

    public override bool SpeaksOfTimes => false;

    public override (int Window, int Nobody) Subcodes => (2534022, 2534014);

    public override IReadOnlyList<string> Kinds { get; } = ["image", "audio", "video", "file", "like_heart", "MEDIA_SHARE", "template"];

    public override string IdOf(MetaSettings settings) => settings.InstagramId;

    public override string? Objection(string text) =>
        Encoding.UTF8.GetByteCount(text) > LongestText ? "Length of param message[text] must be less than or equal to 1000 bytes" : null;

    public override JsonObject Profile(Phone phone, string picture) => new()
    {
        ["name"] = phone.Name,
        ["username"] = phone.Username ?? $"{phone.Name.Split(' ')[0].ToLowerInvariant()}.{phone.Number[^4..]}",
        ["profile_pic"] = picture,
    };

    /// <remarks>The login's own id differs from the account's, which is here <c>user_id</c>.</remarks>
    public override JsonObject Describe(MetaAccount account) => new()
    {
        ["id"] = account.Expires ? "9" + account.Settings.InstagramId : account.Settings.InstagramId,
        ["user_id"] = account.Settings.InstagramId,
        ["username"] = account.Settings.Username,
        ["name"] = account.Settings.Name,
    };

    public override void Map(IEndpointRouteBuilder api)
    {
        base.Map(api);
        api.MapGet("/refresh_access_token", (HttpContext http, string? grant_type, string? access_token) =>
        {
            if (grant_type != "ig_refresh_token") return MetaError.Of(100, "The grant_type is not known.");
            if (access_token is null || Find(World, "me", access_token).FirstOrDefault(one => one.Expires) is not { } account) return MetaError.BadToken;
            return account.Renew(access_token) is { } renewed
                ? Results.Json(new { access_token = renewed, token_type = "bearer", expires_in = (long)(account.Settings.TokenDays * 86_400) })
                : MetaError.Of(100, "The token is younger than 24 hours.");
        });
    }
}
