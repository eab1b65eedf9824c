using System.Text.Json;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>What the network refuses to send. Unlike WhatsApp it says so at once.</summary>
internal static class SendRules
{
    private const int MostChoices = 13, LongestTitle = 20, LongestMetadata = 1000;

    public static MetaError? Check(MetaNetwork network, MetaAccount account, Phone? phone, JsonElement request)
    {
        if (phone is null || !account.HasHeard(phone)) return MetaError.Of(100, "No matching user found", network.Subcodes.Nobody);
        if (phone.FailWith is { } code) return MetaError.Of(code, "The sandbox was told that this phone cannot be reached.");
        if (request.Object("message") is not { } message) return MetaError.Of(100, "The parameter message is required.");
        return Form(network, message) ?? Window(network, account, phone, request);
    }

    private static MetaError? Form(MetaNetwork network, JsonElement message)
    {
        var (text, attachment) = (message.Text("text"), message.Object("attachment"));
        if (text is null == attachment is null) return MetaError.Of(100, "A message has either a text or an attachment.");
        if (text is { Length: 0 }) return MetaError.Of(100, "The text is empty.");
        if (text is not null && network.Objection(text) is { } objection) return MetaError.Of(100, objection);
        if (attachment is { } file && (file.Text("type") is not { } type || !network.Kinds.Contains(type)))
            return MetaError.Of(100, "The attachment's type is not known.");
        if (message.Text("metadata") is { } metadata && (!network.SpeaksOfTimes || metadata.Length >= LongestMetadata))
            return MetaError.Of(100, "The parameter metadata is not possible here, or too long.");
        var choices = message.Items("quick_replies").ToList();
        return choices.Count > MostChoices || choices.Exists(choice => choice.Text("title")?.Length > LongestTitle)
            ? MetaError.Of(100, "There are too many quick replies, or a title is too long.") : null;
    }

    private static MetaError? Window(MetaNetwork network, MetaAccount account, Phone phone, JsonElement request)
    {
        var (type, tag) = (request.Text("messaging_type"), request.Text("tag"));
        if (type is not (null or "RESPONSE" or "UPDATE" or "MESSAGE_TAG")) return MetaError.Of(100, "The messaging_type is not known.");
        if (type == "MESSAGE_TAG" && tag != "HUMAN_AGENT") return MetaError.Of(100, "This message tag is no longer supported.");
        if (type == "MESSAGE_TAG" && !account.Settings.HumanAgent) return MetaError.Of(10, "The app may not use the human agent tag.");
        var window = type == "MESSAGE_TAG" ? MetaAccount.HumanWindow : MetaAccount.Window;
        return account.IsWithin(window, phone) ? null
            : MetaError.Of(10, "This message is sent outside of allowed window.", network.Subcodes.Window);
    }
}
