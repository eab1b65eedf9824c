using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Whom a send is for: by phone number, by business-scoped user id, or by both (the number wins).</summary>
internal sealed record Recipient(Phone Phone, string Input, bool ByUserId, string? UserId)
{
    public static GraphError? Find(JsonElement request, WhatsAppAccount account, World world, TemplateSet templates, out Recipient? recipient)
    {
        recipient = null;
        var userId = request.Text("recipient");
        if (request.Text("to") is { Length: > 0 } to)
        {
            if (!LooksLikePhone(to)) return GraphError.Of(131009, $"The parameter to is not a valid phone number: {to}");
            var waId = account.WaId(to);
            if (waId == Phones.Digits(account.Settings.DisplayPhoneNumber)) return GraphError.Of(131021, "The sender and the recipient are the same.");
            // Test numbers compare spellings, not people: the usual trap with Argentine and Mexican numbers.
            if (account.Settings.AllowedRecipients is { Count: > 0 } allowed && !allowed.Any(one => Phones.Digits(one) == Phones.Digits(to)))
                return GraphError.Of(131030, "Recipient phone number not in allowed list: add it and try again.");
            recipient = new Recipient(world.Phones.Get(waId), to, ByUserId: false, userId);
            return null;
        }
        if (userId is not { Length: > 0 }) return GraphError.Of(100, "The parameter to is required.");
        var template = request.Object("template");
        if (templates.Find(template?.Text("name"), template?.Object("language")?.Text("code"))?.Category == "AUTHENTICATION")
            return GraphError.Of(131062, "Authentication templates need a phone number.");
        var phone = world.Phones.All.FirstOrDefault(one => account.UserIdOf(one) == userId);
        if (phone is null) return GraphError.Of(131009, "The parameter recipient does not name a user of this business.");
        recipient = new Recipient(phone, userId, ByUserId: true, userId);
        return null;
    }

    private static bool LooksLikePhone(string to)
    {
        var digits = 0;
        foreach (var c in to)
            if (char.IsAsciiDigit(c)) digits++;
            else if (c is not ('+' or ' ' or '-' or '(' or ')')) return false;
        return digits is >= 5 and <= 20;
    }
}
