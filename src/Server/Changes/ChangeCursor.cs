using System.Globalization;

namespace ChatOperator.Changes;

/// <summary>
/// A place in the change log: everything at or before it is known. Printed as <c>epoch.xid.seq</c>, opaque to clients.
/// </summary>
/// <param name="Epoch">Which log it is a place in; another one after the database was restored.</param>
/// <param name="Xid">The transaction on PostgreSQL; 0 on SQLite.</param>
/// <param name="Seq">The entry within the order of commits.</param>
internal readonly record struct ChangeCursor(string Epoch, ulong Xid, long Seq)
{
    public static bool TryParse(string? text, out ChangeCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [{ Length: > 0 and <= 32 } epoch, var xid, var seq]) return false;
        if (!ulong.TryParse(xid, NumberStyles.None, CultureInfo.InvariantCulture, out var x)) return false;
        if (!long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var s)) return false;
        cursor = new ChangeCursor(epoch, x, s);
        return true;
    }

    /// <summary>Whether it lies before a place of the same log.</summary>
    public bool IsBefore(ulong xid, long seq) => Xid < xid || (Xid == xid && Seq < seq);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}.{Xid}.{Seq}");
}
