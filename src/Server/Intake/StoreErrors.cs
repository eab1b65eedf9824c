using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake;

/// <summary>Tells our own mistakes from the world's.</summary>
internal static class StoreErrors
{
    /// <summary>What the database said, also when the model passed it on.</summary>
    public static Exception CauseOf(Exception e) => e is DbUpdateException { InnerException: { } cause } ? cause : e;

    /// <summary>The database could not be reached or did not answer in time, whoever passed that on.</summary>
    public static bool AreOutages(Exception e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            if (cause is DbException or TimeoutException) return true;
        return false;
    }

    /// <summary>
    /// An exception that neither the database nor the system raised came from applying this very data: the receipt is at fault and is
    /// isolated, instead of being repeated by the network for days.
    /// </summary>
    public static bool AreOurs(Exception e) =>
        e is not (DbException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException or People.LostRaceException)
        && e.InnerException is not (DbException or IOException or TimeoutException);
}
