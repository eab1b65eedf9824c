using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire;

/// <summary>Failures that come from the line between us and a network, the same for every network.</summary>
internal static class TransportFailures
{
    /// <summary>The request was written and no answer came in time: it may have been accepted.</summary>
    public static readonly SendFailure Timeout = new("timeout", FailureReaction.Retry, Certain: false);

    /// <summary>The connection broke after the request was begun: it may have been accepted.</summary>
    public static readonly SendFailure ConnectionLost = new("connection_lost", FailureReaction.Retry, Certain: false);

    /// <summary>No connection came about: nothing was sent.</summary>
    public static readonly SendFailure NetworkUnreachable = new("network_unreachable", FailureReaction.Retry);

    /// <summary>A 5xx that the network itself did not write, e.g. of a proxy in front of it: it may have been accepted.</summary>
    public static SendFailure WithoutBody(int status) =>
        new("network_error_without_body", FailureReaction.Retry, Certain: false, NetworkMessage: $"HTTP {status}");

    /// <summary>A success that names no message: it may have been accepted.</summary>
    public static readonly SendFailure Unreadable =
        new("unknown_failure", FailureReaction.Retry, Certain: false, NetworkMessage: "A success without a message id.");

    /// <summary>Words for these failures, to be joined with a channel's own.</summary>
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = new Dictionary<string, FailureWords>
    {
        ["timeout"] = new(
            new("The network did not answer in time. The message may have arrived.",
                "La red no respondió a tiempo. El mensaje puede haber llegado."),
            new("Nothing to do: delivery reports are awaited before anything is sent again.",
                "Nada que hacer: se esperan los informes de entrega antes de reenviar.")),
        ["connection_lost"] = new(
            new("The connection broke while sending. The message may have arrived.",
                "La conexión se cortó durante el envío. El mensaje puede haber llegado."),
            new("Nothing to do: delivery reports are awaited before anything is sent again.",
                "Nada que hacer: se esperan los informes de entrega antes de reenviar.")),
        ["network_error_without_body"] = new(
            new("The network failed without saying why. The message may have arrived.",
                "La red falló sin decir por qué. El mensaje puede haber llegado."),
            new("Nothing to do: delivery reports are awaited before anything is sent again.",
                "Nada que hacer: se esperan los informes de entrega antes de reenviar.")),
        ["network_unreachable"] = new(
            new("The network could not be reached. Nothing was sent.", "No se pudo contactar con la red. No se envió nada."),
            new("It is tried again by itself. If it lasts, check the server's internet connection and the account's base URL.",
                "Se reintenta automáticamente. Si persiste, revisá la conexión del servidor y la URL base de la cuenta.")),
        ["file_gone"] = new(
            new("The file is no longer kept here.", "El archivo ya no se conserva aquí."),
            new("Attach it again.", "Adjuntalo de nuevo.")),
        ["unknown_failure"] = new(
            new("The network refused the message with an error we do not know.",
                "La red rechazó el mensaje con un error que no conocemos."),
            new("Read the network's answer in the message's attempts.", "Leé la respuesta de la red en los intentos del mensaje.")),
    };
}
