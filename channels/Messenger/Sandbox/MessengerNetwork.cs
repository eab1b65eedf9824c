using System.Text.Json.Nodes;
using ChatOperator.Sandbox.MetaMessaging;

namespace ChatOperator.Sandbox.Messenger;

/// <summary>Plays a Facebook page's Messenger.</summary>
internal sealed class MessengerNetwork(World world) : MetaNetwork(world)
{
    private const int LongestText = 2000;

    public override string Channel => "messenger";

    public override string Object => "page";

    public override string? InboxApp => "263902037430900";

    public override bool SpeaksOfTimes => true;

    public override (int Window, int Nobody) Subcodes => (2018278, 2018001);

    public override IReadOnlyList<string> Kinds { get; } = ["image", "audio", "video", "file", "template"];

    public override string IdOf(MetaSettings settings) => settings.PageId;

    public override string? Objection(string text) => text.EnumerateRunes().Count() >= LongestText ? "Length of param message[text] must be less than 2000" : null;

    public override JsonObject Profile(Phone phone, string picture) => new()
    {
        ["first_name"] = phone.Name.Split(' ')[0],
        ["last_name"] = phone.Name.Contains(' ', StringComparison.Ordinal) ? phone.Name[(phone.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "",
        ["name"] = phone.Name,
        ["profile_pic"] = picture,
    };

    public override JsonObject Describe(MetaAccount account) => new() { ["id"] = account.Settings.PageId, ["name"] = account.Settings.Name };
}
