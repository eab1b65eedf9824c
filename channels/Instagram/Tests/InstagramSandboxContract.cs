using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Instagram.Tests;

/// <summary>The round trip through the sandbox's Instagram; one class for each way in which an account is connected.</summary>
public abstract class InstagramSandboxContract(string login) : SandboxContract
{
    protected override IChannel Channel { get; } = new InstagramChannel();

    protected override ChannelSettings SettingsAt(Uri network) => InstagramContract.Settings(network, login);

    protected override JsonObject SandboxAccount
    {
        get
        {
            var settings = InstagramContract.Settings(new Uri("http://127.0.0.1:9"), login);
            return new JsonObject
            {
                ["login"] = login, ["instagram_id"] = settings["instagram_id"], ["page_id"] = settings["page_id"],
                ["access_token"] = settings["access_token"], ["app_secret"] = settings["app_secret"],
                ["instagram_app_secret"] = login == "instagram" ? settings["instagram_app_secret"] : "",
                ["verify_token"] = settings["verify_token"], ["echo_ms"] = 1, ["delivered_ms"] = 2, ["read_ms"] = 3,
            };
        }
    }

    protected override IReadOnlyList<(JsonObject Written, string Type)> Writes =>
    [
        (new() { ["type"] = "text", ["text"] = "¿Está listo? 🍕" }, "text"),
        (new() { ["type"] = "image", ["text"] = "mirá" }, "image"),
        (new() { ["type"] = "video" }, "video"),
        (new() { ["type"] = "voice" }, "audio"),
        (new() { ["type"] = "document" }, "document"),
        (new() { ["type"] = "like" }, "text"),
        (new() { ["type"] = "quick_reply", ["text"] = "Sí" }, "interactive"),
        (new() { ["type"] = "postback", ["text"] = "Empezar" }, "interactive"),
        (new() { ["type"] = "story_reply", ["text"] = "¡Qué lindo!" }, "share"),
        (new() { ["type"] = "story_mention" }, "share"),
        (new() { ["type"] = "share" }, "share"),
        (new() { ["type"] = "reel" }, "share"),
        (new() { ["type"] = "referral" }, "text"),
        (new() { ["type"] = "ephemeral" }, "unsupported"),
        (new() { ["type"] = "unsupported" }, "unsupported"),
    ];

    protected override IReadOnlyList<Content> OtherContents => [];
}

public sealed class InstagramByPage() : InstagramSandboxContract("facebook");

public sealed class InstagramByLogin() : InstagramSandboxContract("instagram");
