using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>What each failure means to an operator and what to do next.</summary>
internal static class FailureWordList
{
    /// <param name="network">The network's name for people.</param>
    /// <param name="permission">What the token's user must be granted.</param>
    public static Dictionary<string, FailureWords> For(string network, string permission) => new(TransportFailures.Words)
    {
        ["token_expired"] = Say(
            $"{network} no longer accepts the account's access token.", $"{network} ya no acepta el token de acceso de la cuenta.",
            "Enter a new token in the account's settings; what waits is then sent.",
            "Ingresá un token nuevo en la configuración de la cuenta; lo pendiente se enviará entonces."),
        ["permission_missing"] = Say(
            "The access token lacks a permission for this account.", "Al token de acceso le falta un permiso para esta cuenta.",
            $"Grant {permission} to the app and the token's user, then test the account.",
            $"Otorgá {permission} a la app y al usuario del token, y probá la cuenta."),
        ["account_not_found"] = Say(
            $"{network} does not know this account's id, or the token may not see it.",
            $"{network} no conoce el id de esta cuenta, o el token no puede verla.",
            "Compare the id in the account's settings with the one Meta shows.",
            "Compará el id de la configuración de la cuenta con el que muestra Meta."),
        ["message_access_off"] = Say(
            "The account does not let connected tools read and send its messages.",
            "La cuenta no permite que las herramientas conectadas lean y envíen sus mensajes.",
            "In the Instagram app: Settings → Messages → Connected tools → allow access to messages.",
            "En la app de Instagram: Configuración → Mensajes → Herramientas conectadas → permitir acceso a los mensajes."),
        ["policy_blocked"] = Say(
            $"{network} blocks this account for a policy reason.", $"{network} bloquea esta cuenta por una política.",
            "Open Meta's account quality page and ask for a review.", "Abrí la página de calidad de la cuenta de Meta y pedí una revisión."),
        ["network_unavailable"] = Say(
            $"{network} is not available at the moment.", $"{network} no está disponible en este momento.",
            "It is tried again by itself.", "Se reintenta automáticamente."),
        ["rate_limited_account"] = Say(
            $"The account sends faster than {network} allows.", $"La cuenta envía más rápido de lo que {network} permite.",
            "It is tried again by itself, more slowly.", "Se reintenta automáticamente, más despacio."),
        ["window_expired"] = Say(
            "The time in which this person may be written to is over.", "Terminó el tiempo en que se puede escribir a esta persona.",
            "The agent may answer for 24 hours, a person for 7 days if Meta approved your app for it. Wait until they write again.",
            "El agente puede responder durante 24 horas; una persona, 7 días si Meta aprobó tu app. Esperá a que vuelvan a escribir."),
        ["human_agent_not_approved"] = Say(
            "Meta has not approved this app to let people answer after 24 hours.",
            "Meta no aprobó a esta app para que las personas respondan después de las 24 horas.",
            "Wait until the person writes again. Ask for Human Agent in Meta's App Review, or switch the 7-day window off in the account's settings.",
            "Esperá a que la persona vuelva a escribir. Pedí Human Agent en la revisión de apps de Meta, o desactivá la ventana de 7 días en la configuración de la cuenta."),
        ["recipient_not_registered"] = Say(
            "This person is not known to the account.", "La cuenta no conoce a esta persona.",
            "People's ids hold for one account only: check that the conversation belongs to this one.",
            "Los ids de las personas valen para una sola cuenta: verificá que la conversación sea de esta."),
        ["recipient_unavailable"] = Say(
            "This person cannot be written to: they blocked the account, left, or are not available now.",
            "No se puede escribir a esta persona: bloqueó la cuenta, se fue o no está disponible ahora.",
            "Reach the person another way, or wait until they write.", "Contactá a la persona por otro medio o esperá a que escriba."),
        ["recipient_limited"] = Say(
            $"{network} limits how often this person gets such messages.", $"{network} limita la frecuencia de estos mensajes a esta persona.",
            "Wait at least 24 hours, or wait until the person writes.", "Esperá al menos 24 horas, o a que la persona escriba."),
        ["media_rejected"] = Say(
            $"{network} could not take the file.", $"{network} no pudo tomar el archivo.",
            "Check its type and size; this server's public address must be reachable from the internet.",
            "Revisá su tipo y tamaño; la dirección pública de este servidor debe ser accesible desde internet."),
        ["invalid_message"] = Say(
            $"{network} does not take a message of this form.", $"{network} no acepta un mensaje de esta forma.",
            "Read the network's answer in the message's attempts.", "Leé la respuesta de la red en los intentos del mensaje."),
    };

    private static FailureWords Say(string en, string es, string nextEn, string nextEs) => new(new(en, es), new(nextEn, nextEs));
}
