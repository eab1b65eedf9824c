using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>What those failures of WhatsApp mean that are about a message or its recipient, whoever carries it.</summary>
internal static class MessageFailures
{
    /// <summary>These and the failures of the line, to be joined with a channel's own.</summary>
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = new Dictionary<string, FailureWords>(TransportFailures.Words)
    {
        ["network_unavailable"] = Say(
            "WhatsApp is not available at the moment.", "WhatsApp no está disponible en este momento.",
            "It is tried again by itself.", "Se reintenta automáticamente."),
        ["rate_limited_account"] = Say(
            "The account sends faster than WhatsApp allows.", "La cuenta envía más rápido de lo que WhatsApp permite.",
            "It is tried again by itself, more slowly.", "Se reintenta automáticamente, más despacio."),
        ["rate_limited_pair"] = Say(
            "Too many messages to this person in a short time.", "Demasiados mensajes a esta persona en poco tiempo.",
            "It is tried again by itself after a pause.", "Se reintenta automáticamente tras una pausa."),
        ["window_expired"] = Say(
            "More than 24 hours have passed since the person last wrote.", "Pasaron más de 24 horas desde que la persona escribió.",
            "Send an approved template; free text is possible again once they answer.",
            "Enviá una plantilla aprobada; el texto libre vuelve a ser posible cuando respondan."),
        ["recipient_not_registered"] = Say(
            "This person cannot be reached on WhatsApp at this number.", "No se puede contactar a esta persona por WhatsApp en este número.",
            "Check the number, or reach the person another way.", "Verificá el número o contactá a la persona por otro medio."),
        ["recipient_not_allowed"] = Say(
            "A test number may only write to the numbers on its list.", "Un número de prueba solo puede escribir a los números de su lista.",
            "Add the recipient to the test number's list at Meta, in the spelling that was refused.",
            "Agregá al destinatario a la lista del número de prueba en Meta, con la escritura rechazada."),
        ["recipient_limited"] = Say(
            "WhatsApp chose not to deliver this message: the person gets enough marketing for now.",
            "WhatsApp decidió no entregar este mensaje: la persona ya recibe suficiente marketing.",
            "Wait at least 24 hours, or wait until the person writes.", "Esperá al menos 24 horas, o a que la persona escriba."),
        ["recipient_phone_required"] = Say(
            "This kind of message needs the person's phone number, which WhatsApp hides.",
            "Este tipo de mensaje necesita el teléfono de la persona, que WhatsApp oculta.",
            "Ask the person for their number.", "Pedile su número a la persona."),
        ["opted_out"] = Say(
            "The person has stopped marketing messages of this business.", "La persona dejó de recibir marketing de este negocio.",
            "Do not send marketing; answer only when they write.", "No envíes marketing; respondé solo cuando escriba."),
        ["template_not_approved"] = Say(
            "The template does not exist in this language or may not be sent now.",
            "La plantilla no existe en este idioma o no puede enviarse ahora.",
            "Synchronise the templates and choose an approved one.", "Sincronizá las plantillas y elegí una aprobada."),
        ["template_parameter_invalid"] = Say(
            "The template's values do not fit it.", "Los valores de la plantilla no encajan.",
            "Check number, length and form of the values: no line breaks, tabs or runs of spaces.",
            "Revisá cantidad, largo y forma de los valores: sin saltos de línea, tabulaciones ni espacios seguidos."),
        ["media_rejected"] = Say(
            "WhatsApp could not take the file.", "WhatsApp no pudo tomar el archivo.",
            "Check its kind and size, and that its address can be reached from the internet.",
            "Revisá el tipo y el tamaño, y que su dirección sea accesible desde internet."),
        ["invalid_message"] = Say(
            "WhatsApp found the message malformed.", "WhatsApp encontró mal formado el mensaje.",
            "Read the network's answer in the message's attempts.", "Leé la respuesta de la red en los intentos del mensaje."),
    };

    private static FailureWords Say(string en, string es, string nextEn, string nextEs) => new(new(en, es), new(nextEn, nextEs));
}
