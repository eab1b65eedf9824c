using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads what is told about a conversation or the account without anybody having said anything.</summary>
internal static class NoticeReader
{
    /// <summary>The ad or link that brought a person.</summary>
    public static Referral? ReferralOf(JsonElement referral)
    {
        if (referral.ValueKind != JsonValueKind.Object) return null;
        var ad = referral.Get("ads_context_data"u8);
        return new Referral(
            referral.Words("source"u8)?.ToLowerInvariant(), referral.Id("ad_id"u8) ?? referral.Get("product"u8).Id("id"u8),
            referral.Words("referer_uri"u8), ad.Words("ad_title"u8), referral.Words("ref"u8), ad.Words("photo_url"u8) ?? ad.Words("video_url"u8));
    }

    /// <summary>Somebody we know came again by an ad or a link: a line in the thread, which neither waits for an answer nor opens the window.</summary>
    public static void ReadReferral(Scope scope, JsonElement item, JsonElement what)
    {
        if (scope.PersonIn(item, "sender"u8) is not { } person || ReferralOf(what) is not { } referral)
        {
            scope.Anomaly("A referral without sender.");
            return;
        }

        var from = referral.Headline ?? referral.Body ?? referral.SourceType ?? "a link";
        Say(scope, item, person, "referral", $"Opened the chat from {from}".Cut(500), referral);
    }

    /// <summary>Another app takes the conversation or gives it back.</summary>
    public static void ReadThreadControl(Scope scope, JsonElement item, string kind)
    {
        if (scope.PersonIn(item, "sender"u8) is not { } person || person.Address == scope.Route.Account)
        {
            scope.Add(new Unsupported(scope.Route, kind));
            return;
        }

        Say(scope, item, person, kind, kind switch
        {
            "pass_thread_control" => "The conversation was handed to another app of the page",
            "take_thread_control" => "Another app of the page took the conversation",
            _ => "Another app of the page asks for the conversation",
        });
    }

    /// <summary>Meta stops the account for breaking its rules, or lets it send again.</summary>
    public static void ReadPolicy(Scope scope, JsonElement policy)
    {
        var action = policy.Words("action"u8)?.Cut(50) ?? "notice";
        bool? maySend = action.ToLowerInvariant() switch { "block" => false, "unblock" => true, _ => null };
        scope.Add(new AccountChanged(
            scope.Route, $"policy_enforcement.{action}", policy.Words("reason"u8)?.Cut(500) ?? action, MaySend: maySend));
    }

    private static void Say(Scope scope, JsonElement item, Person person, string kind, string words, Referral? referral = null) =>
        scope.Add(new MessageReceived(
            scope.Route, MessageReader.IdOf(item, kind, person), person, item.Moment("timestamp"u8), new SystemContent(kind, words),
            Referral: referral, Standby: scope.Standby));
}
