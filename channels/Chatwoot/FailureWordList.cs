using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>What each failure means to an operator and what to do next.</summary>
internal static class FailureWordList
{
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = new Dictionary<string, FailureWords>(TransportFailures.Words)
    {
        ["token_expired"] = Say(
            "Chatwoot does not accept the account's access token.", "Chatwoot no acepta el token de acceso de la cuenta.",
            "Enter a valid token in the account's settings; what waits is then sent.",
            "Ingresá un token válido en la configuración de la cuenta; lo pendiente se enviará entonces."),
        ["permission_missing"] = Say(
            "The owner of the access token may do nothing in this account of Chatwoot.", "El dueño del token no puede hacer nada en esta cuenta de Chatwoot.",
            "Add that user or bot to the account at Chatwoot, then test the account here.",
            "Agregá ese usuario o bot a la cuenta en Chatwoot y probá la cuenta acá."),
        ["conversation_forbidden"] = Say(
            "The owner of the access token may not write in this conversation.", "El dueño del token no puede escribir en esta conversación.",
            "Add that user or bot to the inbox at Chatwoot, then send it again.",
            "Agregá ese usuario o bot a la bandeja en Chatwoot y volvé a enviarlo."),
        ["conversation_not_found"] = Say(
            "Chatwoot no longer has this conversation.", "Chatwoot ya no tiene esta conversación.",
            "Wait until the person writes again, or check the account id and address.",
            "Esperá a que la persona vuelva a escribir, o revisá el id de la cuenta y la dirección."),
        ["rate_limited_account"] = Say(
            "Chatwoot asks for fewer requests.", "Chatwoot pide menos solicitudes.",
            "It is tried again by itself, more slowly.", "Se reintenta automáticamente, más despacio."),
        ["media_rejected"] = Say(
            "The file could not be handed to Chatwoot.", "No se pudo entregar el archivo a Chatwoot.",
            "Check its kind and size.", "Revisá el tipo y el tamaño."),
        ["invalid_message"] = Say(
            "Chatwoot does not take this message.", "Chatwoot no acepta este mensaje.",
            "Read Chatwoot's answer in the message's attempts.", "Leé la respuesta de Chatwoot en los intentos del mensaje."),
        ["channel_refused"] = Say(
            "Chatwoot has the message, but the network behind the inbox refused it.",
            "Chatwoot tiene el mensaje, pero la red de la bandeja lo rechazó.",
            "Open the conversation at Chatwoot: it shows the network's reason. Often the reply window has closed.",
            "Abrí la conversación en Chatwoot: muestra el motivo de la red. A menudo se cerró la ventana de respuesta."),
    };

    private static FailureWords Say(string en, string es, string nextEn, string nextEs) => new(new(en, es), new(nextEn, nextEs));
}
