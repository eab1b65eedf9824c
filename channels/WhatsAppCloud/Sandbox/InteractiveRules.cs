using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>The limits of buttons, lists and other things to tap.</summary>
internal static class InteractiveRules
{
    public static GraphError? Check(JsonElement interactive)
    {
        var type = interactive.Text("type");
        if (type is null) return GraphError.Of(131008, "The parameter interactive['type'] is required.");
        if (interactive.Object("action") is not { } action) return GraphError.Of(131008, "The parameter interactive['action'] is required.");
        if (type is not ("product" or "order_status" or "carousel") && interactive.Object("body")?.Text("text") is not { Length: > 0 })
            return GraphError.Of(131008, "The parameter interactive['body']['text'] is required.");
        return TooLong("body text", interactive.Object("body")?.Text("text"), type == "list" ? 4096 : 1024)
            ?? TooLong("footer text", interactive.Object("footer")?.Text("text"), 60)
            ?? TooLong("header text", interactive.Object("header")?.Text("text"), 60)
            ?? type switch
            {
                "button" => CheckButtons(action),
                "list" => CheckList(interactive, action),
                "cta_url" => CheckUrl(action),
                "location_request_message" => Named(action, "send_location"),
                "flow" => Named(action, "flow") ?? TooLong("flow_cta", action.Object("parameters")?.Text("flow_cta"), 30),
                // These depend on region and catalogue; the double lets their details pass.
                "product" or "product_list" or "catalog_message" or "order_details" or "order_status" or "call_permission_request"
                    or "carousel" or "voice_call" or "request_contact_info" => null,
                _ => GraphError.Of(131009, $"Interactive type {type} is not supported."),
            };
    }

    private static GraphError? CheckButtons(JsonElement action)
    {
        var buttons = action.Items("buttons").ToArray();
        if (buttons.Length is < 1 or > 3) return GraphError.Of(131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3.");
        var titles = new HashSet<string>();
        foreach (var button in buttons)
        {
            var reply = button.Object("reply");
            if (button.Text("type") != "reply" || reply?.Text("id") is not { Length: > 0 } id || reply?.Text("title") is not { Length: > 0 } title)
                return GraphError.Of(131008, "Every button needs type reply with an id and a title.");
            if ((TooLong("button title", title, 20) ?? TooLong("button id", id, 256)) is { } tooLong) return tooLong;
            if (!titles.Add(title)) return GraphError.Of(131009, $"Duplicated button title: {title}");
        }
        return null;
    }

    private static GraphError? CheckList(JsonElement interactive, JsonElement action)
    {
        if (interactive.Object("header")?.Text("type") is not (null or "text")) return GraphError.Of(131009, "The header of a list must be text.");
        if (action.Text("button") is not { Length: > 0 } button) return GraphError.Of(131008, "The parameter action['button'] is required.");
        if (TooLong("list button", button, 20) is { } buttonTooLong) return buttonTooLong;
        var sections = action.Items("sections").ToArray();
        if (sections.Length is < 1 or > 10) return GraphError.Of(131009, "A list has 1 to 10 sections.");
        var rows = 0;
        foreach (var section in sections)
        {
            if (sections.Length > 1 && section.Text("title") is not { Length: > 0 })
                return GraphError.Of(131009, "Section title is required when there is more than one section.");
            if (TooLong("section title", section.Text("title"), 24) is { } titleTooLong) return titleTooLong;
            foreach (var row in section.Items("rows"))
            {
                rows++;
                if (row.Text("id") is not { Length: > 0 } || row.Text("title") is not { Length: > 0 })
                    return GraphError.Of(131008, "Every row needs an id and a title.");
                if ((TooLong("row id", row.Text("id"), 200) ?? TooLong("row title", row.Text("title"), 24)
                    ?? TooLong("row description", row.Text("description"), 72)) is { } rowTooLong) return rowTooLong;
            }
        }
        return rows is < 1 or > 10 ? GraphError.Of(131009, "Total row count exceed max allowed count: 10") : null;
    }

    private static GraphError? CheckUrl(JsonElement action)
    {
        if (Named(action, "cta_url") is { } wrong) return wrong;
        var parameters = action.Object("parameters");
        if (parameters?.Text("url") is not { Length: > 0 } || parameters?.Text("display_text") is not { Length: > 0 } label)
            return GraphError.Of(131008, "A cta_url needs display_text and url.");
        return TooLong("display_text", label, 20);
    }

    private static GraphError? Named(JsonElement action, string name) =>
        action.Text("name") == name ? null : GraphError.Of(131009, $"action['name'] must be {name}.");

    private static GraphError? TooLong(string what, string? text, int limit) =>
        text?.Length > limit ? GraphError.Of(131009, $"The {what} is too long: at most {limit} characters.") : null;
}
