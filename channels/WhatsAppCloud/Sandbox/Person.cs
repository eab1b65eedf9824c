using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>How webhooks name a person: with a number, unless the person hides it behind a username.</summary>
internal static class Person
{
    public static JsonObject Describe(WhatsAppAccount account, Phone phone, bool withUsername = true)
    {
        var profile = new JsonObject { ["name"] = phone.Name };
        if (withUsername && phone.Username is not null) profile["username"] = phone.Username;
        var contact = new JsonObject { ["profile"] = profile };
        if (phone.Username is null) contact["wa_id"] = phone.Number;
        contact["user_id"] = account.UserIdOf(phone);
        return contact;
    }
}
