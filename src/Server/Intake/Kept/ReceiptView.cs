using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.ChannelAccounts;

namespace ChatOperator.Intake.Kept;

/// <summary>A receipt in the list.</summary>
/// <param name="Reason">Why its worst item was not applied, or what is special about it.</param>
/// <param name="AccountId">The account whose address it came to.</param>
/// <param name="LagMs">From the network's newest time to its arrival; null when the network told none.</param>
/// <param name="CorrelationId">Names the story of everything that came of it.</param>
public sealed record ReceiptRow(
    Guid Id, DateTimeOffset ReceivedAt, Verdict Verdict, string? Reason, Guid AccountId, string Channel, int? LagMs, Guid CorrelationId,
    IReadOnlyList<ReceiptItemView> Items)
{
    /// <summary>The bytes; only when a single receipt is read.</summary>
    public string? Body { get; init; }

    /// <summary>How <see cref="Body"/> is written: text, or base64 when the bytes are no UTF-8.</summary>
    public string? BodyEncoding { get; init; }
}

/// <summary>One thing a receipt said, and what became of it.</summary>
public sealed record ReceiptItemView(
    string Kind, Verdict Verdict, string? Reason, Guid? AccountId, string? ExternalId, long? MessageId, Guid? ConversationId)
{
    internal static ReceiptItemView Of(ReceiptItem item) =>
        new(item.Kind, item.Verdict, item.Reason, item.Account, item.ExternalId, item.Message, item.Conversation);
}

/// <summary>A stored body for people to read.</summary>
internal static class ReceiptBody
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Shorter values are no secrets, and masking them would blot out half of the text.</summary>
    private const int LeastSecret = 6;

    /// <summary>The body as text with the account's secrets masked, or as base64.</summary>
    public static (string Body, string Encoding) Show(Receipt receipt, ConnectedAccount? account)
    {
        var bytes = Receipts.BodyOf(receipt);
        try { return (Mask(Strict.GetString(bytes), account), "text"); }
        // Byte for byte, so that secrets are found in what is no text.
        catch (DecoderFallbackException) { return (Convert.ToBase64String(Encoding.Latin1.GetBytes(MaskBytes(Encoding.Latin1.GetString(bytes), account))), "base64"); }
    }

    private static string Mask(string text, ConnectedAccount? account) =>
        Secrets(account).Aggregate(text, (masked, secret) => masked.Replace(secret, "•••", StringComparison.Ordinal));

    private static string MaskBytes(string bytes, ConnectedAccount? account) => Secrets(account).Aggregate(
        bytes, (masked, secret) => masked.Replace(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(secret)), "***", StringComparison.Ordinal));

    private static IEnumerable<string> Secrets(ConnectedAccount? account) => account is null ? [] : account.Channel.Info.Settings
        .Where(f => f.Kind == SettingKind.Secret).Select(f => account.Settings[f.Name]).Where(s => s.Length >= LeastSecret);
}
