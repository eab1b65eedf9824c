using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>What each failure means to an operator and what to do next.</summary>
internal static class FailureWordList
{
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = new Dictionary<string, FailureWords>(MessageFailures.Words)
    {
        ["token_expired"] = Say(
            "YCloud does not accept the account's API key.", "YCloud no acepta la clave de API de la cuenta.",
            "Enter a valid key in the account's settings; what waits is then sent.",
            "Ingresá una clave válida en la configuración de la cuenta; lo pendiente se enviará entonces."),
        ["permission_missing"] = Say(
            "YCloud does not let this API key do that.", "YCloud no permite esto a la clave de API.",
            "Check the key's permissions at YCloud, then test the account.",
            "Revisá los permisos de la clave en YCloud y probá la cuenta."),
        ["account_not_found"] = Say(
            "YCloud does not know this phone number in your account.", "YCloud no conoce este número en tu cuenta.",
            "Compare the number, its + included, with YCloud's list of WhatsApp numbers.",
            "Compará el número, con su +, con la lista de números de WhatsApp de YCloud."),
        ["account_not_registered"] = Say(
            "The number is not registered with WhatsApp.", "El número no está registrado en WhatsApp.",
            "Register the number at YCloud.", "Registrá el número en YCloud."),
        ["account_limited"] = Say(
            "YCloud or WhatsApp limits this account (quality, verification or payment).",
            "YCloud o WhatsApp limita esta cuenta (calidad, verificación o pago).",
            "Open YCloud's console: it names what must be put right.", "Abrí la consola de YCloud: indica qué hay que corregir."),
        ["balance_insufficient"] = Say(
            "The balance of the YCloud account is used up.", "El saldo de la cuenta de YCloud se agotó.",
            "Top up at YCloud, then test the account; what waits is then sent.",
            "Recargá en YCloud y probá la cuenta; lo pendiente se enviará entonces."),
        ["policy_blocked"] = Say(
            "YCloud or WhatsApp blocks this for a policy or legal reason.", "YCloud o WhatsApp lo bloquea por una política o un motivo legal.",
            "Change the message, or ask YCloud's support for the reason.", "Cambiá el mensaje o preguntá el motivo al soporte de YCloud."),
        ["recipient_blocked"] = Say(
            "This person is on your block list at YCloud.", "Esta persona está en tu lista de bloqueo de YCloud.",
            "Remove them from the list at YCloud if they should get messages.", "Quitala de la lista en YCloud si debe recibir mensajes."),
    };

    private static FailureWords Say(string en, string es, string nextEn, string nextEs) => new(new(en, es), new(nextEn, nextEs));
}
