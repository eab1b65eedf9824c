using System.Globalization;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Reads WhatsApp's error objects, which look alike in answers, statuses and messages.</summary>
internal static class ErrorReader
{
    /// <summary>The first error of a list in words, with its code; null when there is none.</summary>
    public static string? Describe(JsonElement errors) => DescribeOne(errors.First());

    public static string? DescribeOne(JsonElement error)
    {
        var words = Words(error);
        return error.Whole("code"u8) is { } code ? words is null ? $"{code}" : $"{code}: {words}" : words;
    }

    /// <summary>What an error means for the send it is about.</summary>
    public static SendFailure Failure(JsonElement error, TimeSpan? retryAfter = null)
    {
        var code = error.Whole("code"u8);
        // Live Graph says 100 with sub-code 33 for an object that does not exist: here, the phone number id.
        if (code == 100 && error.Whole("error_subcode"u8) == 33) code = 33;
        return Failure(code, Words(error), retryAfter);
    }

    /// <summary>What an error code means that comes by itself.</summary>
    public static SendFailure Failure(long? code, string? words, TimeSpan? retryAfter = null)
    {
        var (ours, reaction) = code is null ? ("unknown_failure", FailureReaction.Stop) : ErrorCodes.Classify(code.Value);
        return new SendFailure(
            ours, reaction, true, code?.ToString(CultureInfo.InvariantCulture), words, retryAfter ?? ErrorCodes.LeastWait(code));
    }

    private static string? Words(JsonElement error) =>
        (error.Get("error_data"u8).Words("details"u8) ?? error.Words("message"u8) ?? error.Words("title"u8))?.Cut(1000);
}
