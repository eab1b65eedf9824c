using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Conversations;

/// <summary>Says why a send failed, in the caller's language: the channel's own words for its failures, ours for the rest.</summary>
internal sealed class FailureText(ChannelInfo? channel, string language)
{
    private static readonly FailureWords Unknown = new(
        new("The network did not take this message.", "La red no aceptó este mensaje."),
        new("Look at the attempts for the network's answer, then try again.", "Mirá los intentos para ver la respuesta de la red y reintentá."));

    /// <summary>Failures that happen here rather than at a network, so that every channel can have them.</summary>
    private static readonly Dictionary<string, FailureWords> Ours = new(StringComparer.Ordinal)
    {
        ["outcome_unknown"] = new(
            new("The network never said whether it took this message. It may have arrived.",
                "La red nunca dijo si aceptó este mensaje. Puede haber llegado."),
            new("Ask the person, or look at the attempts, before you send it again: it could arrive twice.",
                "Preguntale a la persona o mirá los intentos antes de reenviarlo: podría llegar dos veces.")),
        ["server_stopped"] = new(
            new("The server stopped while it sent this message. It may have arrived.", "El servidor se detuvo mientras enviaba este mensaje. Puede haber llegado."),
            new("Wait: when the network does not report it, it is sent again by itself.", "Esperá: si la red no lo informa, se reenvía solo.")),
        ["account_not_found"] = new(
            new("The account that this chat came by is no longer connected.", "La cuenta por la que llegó este chat ya no está conectada."),
            new("Connect it again under Channels, then try again.", "Conectala otra vez en Canales y reintentá.")),
        ["window_expired"] = new(
            new("The time in which this person may be answered freely ended before the message left.",
                "El tiempo para responderle libremente a esta persona terminó antes de que saliera el mensaje."),
            new("Send it again with hold: it leaves when the person writes.", "Dejalo en espera: sale cuando la persona vuelva a escribir.")),
        ["opted_out"] = new(
            new("The person stopped messages of this kind while it waited.", "La persona detuvo este tipo de mensajes mientras esperaba."),
            new("Do not send it; answer when they write.", "No lo envíes; respondé cuando escriba.")),
        ["file_gone"] = new(
            new("The file is no longer kept here.", "El archivo ya no se guarda acá."),
            new("Attach it again.", "Adjuntalo de nuevo.")),
        ["network_unreachable"] = new(
            new("The network could not be reached. Nothing was sent.", "No se pudo llegar a la red. No se envió nada."),
            new("Try again; if it lasts, check the server's connection to the internet.",
                "Reintentá; si sigue, revisá la conexión del servidor a internet.")),
        ["unknown_failure"] = Unknown,
    };

    /// <summary>What a failure means; null when nobody has words for it.</summary>
    public static FailureWords? WordsOf(ChannelInfo? channel, string code) =>
        channel?.Failures.GetValueOrDefault(code) ?? Ours.GetValueOrDefault(code);

    /// <param name="stored">A send failure as it is stored.</param>
    public ErrorView Of(string stored)
    {
        var failure = JsonSerializer.Deserialize(stored, ContentJson.Default.SendFailure)!;
        var words = WordsOf(channel, failure.Code) ?? Unknown;
        return new ErrorView(failure.Code, failure.NetworkCode, words.Message.In(language), words.NextStep.In(language));
    }
}
