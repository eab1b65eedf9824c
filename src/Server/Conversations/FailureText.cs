using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Conversations;

/// <summary>Says why a send failed, in the caller's language: the channel's own words for its failures, ours for the rest.</summary>
internal sealed class FailureText(ChannelInfo? channel, string language)
{
    private static readonly FailureWords Unknown = new(
        new("The network did not take this message.", "La red no aceptó este mensaje."),
        new("Look at the attempts for the network's answer, then try again.", "Mira los intentos para ver la respuesta de la red y reinténtalo."));

    /// <param name="stored">A send failure as it is stored.</param>
    public ErrorView Of(string stored)
    {
        var failure = JsonSerializer.Deserialize(stored, ContentJson.Default.SendFailure)!;
        var words = channel?.Failures.GetValueOrDefault(failure.Code) ?? Unknown;
        return new ErrorView(failure.Code, failure.NetworkCode, words.Message.In(language), words.NextStep.In(language));
    }
}
