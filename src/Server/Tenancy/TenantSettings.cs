using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Tenancy;

/// <summary>What an owner sets for the whole tenant.</summary>
/// <param name="LockOnReply">Whether an operator's send takes the conversation over.</param>
/// <param name="SendReadReceipts">Whether opening a chat tells the network that the contact's messages were read.</param>
/// <param name="ReceiptDays">Days that applied and duplicate receipts are kept, 1 to 3650.</param>
/// <param name="TroubledReceiptDays">Days that receipts with any other verdict are kept, 1 to 3650.</param>
/// <param name="TraceDays">Days that the agent's turns and networks' raw answers are kept, 1 to 3650; absent: as it was.</param>
/// <param name="MediaDays">Days that the files of messages are kept, 1 to 3650; absent: as it was.</param>
public sealed record TenantSettings(
    string Name, bool LockOnReply, bool SendReadReceipts, int ReceiptDays, int TroubledReceiptDays, int? TraceDays = null, int? MediaDays = null);

internal static class TenantSettingsEndpoints
{
    public static void MapTenantSettings(this WebApplication app)
    {
        var settings = app.MapGroup("/admin/settings").WithTags("Tenant");
        settings.MapGet("", Read).RequireAuthorization(Access.Read).WithSummary("The tenant's settings");
        settings.MapPut("", Replace).RequireAuthorization(Access.Manage).WithSummary("Replace the tenant's settings");
    }

    private static async Task<TenantSettings> Read(CurrentCaller caller, AppDb db, CancellationToken cancel) =>
        Of(await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == caller.Tenant, cancel));

    private static async Task<TenantSettings> Replace(TenantSettings wanted, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        Check(wanted);
        return await db.WriteAsync(
            async () =>
            {
                var tenant = await db.Tenants.SingleAsync(t => t.Id == caller.Tenant, cancel);
                (tenant.Name, tenant.LockOnReply, tenant.SendReadReceipts) = (wanted.Name.Trim(), wanted.LockOnReply, wanted.SendReadReceipts);
                (tenant.ReceiptDays, tenant.TroubledReceiptDays) = (wanted.ReceiptDays, wanted.TroubledReceiptDays);
                tenant.TraceDays = wanted.TraceDays ?? tenant.TraceDays;
                tenant.MediaDays = wanted.MediaDays ?? tenant.MediaDays;
                db.Record(tenant.Id, ChangeKind.Tenant, tenant.Id.ToString());
                return Of(tenant);
            },
            cancel);
    }

    private static void Check(TenantSettings wanted)
    {
        var errors = new List<FieldError>();
        if (wanted.Name.Trim().Length is 0 or > 200) errors.Add(new("name", "1 to 200 characters."));
        if (wanted.ReceiptDays is < 1 or > 3650) errors.Add(new("receipt_days", "1 to 3650."));
        if (wanted.TroubledReceiptDays is < 1 or > 3650) errors.Add(new("troubled_receipt_days", "1 to 3650."));
        if (wanted.TraceDays is < 1 or > 3650) errors.Add(new("trace_days", "1 to 3650."));
        if (wanted.MediaDays is < 1 or > 3650) errors.Add(new("media_days", "1 to 3650."));
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }

    private static TenantSettings Of(Tenant tenant) => new(
        tenant.Name, tenant.LockOnReply, tenant.SendReadReceipts, tenant.ReceiptDays, tenant.TroubledReceiptDays, tenant.TraceDays, tenant.MediaDays);
}
