using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>What each failure means to an operator and what to do next.</summary>
internal static class FailureWordList
{
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = new Dictionary<string, FailureWords>(MessageFailures.Words)
    {
        ["token_expired"] = Say(
            "WhatsApp no longer accepts the account's access token.", "WhatsApp ya no acepta el token de acceso de la cuenta.",
            "Enter a new token in the account's settings; what waits is then sent.",
            "Ingresá un token nuevo en la configuración de la cuenta; lo pendiente se enviará entonces."),
        ["permission_missing"] = Say(
            "The access token lacks a permission for this number.", "Al token de acceso le falta un permiso para este número.",
            "Grant whatsapp_business_messaging and whatsapp_business_management to the token's user, then test the account.",
            "Otorgá whatsapp_business_messaging y whatsapp_business_management al usuario del token y probá la cuenta."),
        ["account_not_found"] = Say(
            "WhatsApp does not know this phone number id, or the token may not see it.",
            "WhatsApp no conoce este id de número, o el token no puede verlo.",
            "Compare the phone number id with the one in Meta's WhatsApp Manager.",
            "Compará el id del número con el que muestra el WhatsApp Manager de Meta."),
        ["account_not_registered"] = Say(
            "The number is not registered with the Cloud API.", "El número no está registrado en la Cloud API.",
            "Register the number with its PIN in Meta's WhatsApp Manager.", "Registrá el número con su PIN en el WhatsApp Manager de Meta."),
        ["account_limited"] = Say(
            "WhatsApp limits this account (quality, display name or payment).",
            "WhatsApp limita esta cuenta (calidad, nombre visible o pago).",
            "Open Meta's WhatsApp Manager: it names what must be put right.", "Abrí el WhatsApp Manager de Meta: indica qué hay que corregir."),
        ["policy_blocked"] = Say(
            "WhatsApp blocks this for a policy or legal reason.", "WhatsApp lo bloquea por una política o un motivo legal.",
            "Open Meta's account quality page and ask for a review.", "Abrí la página de calidad de la cuenta de Meta y pedí una revisión."),
    };

    private static FailureWords Say(string en, string es, string nextEn, string nextEs) => new(new(en, es), new(nextEn, nextEs));
}
