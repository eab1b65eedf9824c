using ChatOperator.Agents.Turns;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Versions;

/// <summary>Changing an agent: each change is a new version, so that any of them can be read and restored.</summary>
internal sealed class AgentEditing(
    CurrentCaller caller, AppDb db, SecretBox box, OutboundHttp outbound, AgentDirectory directory, SwitchingOff off, TimeProvider time)
{
    private const int LongestInstructions = 20_000;

    /// <summary>The version in force for the tenant (<see cref="AgentVersion.OfTenant"/>) or an account, and whether it is the tenant's.</summary>
    /// <exception cref="Problem">404: no such account.</exception>
    public async Task<(ActiveAgent Agent, bool Inherited)> ReadAsync(Guid account, CancellationToken cancel)
    {
        await RequireAsync(account, cancel);
        if (account != AgentVersion.OfTenant && await CurrentAsync(account, cancel) is { Inherits: false } own) return (new ActiveAgent(own, box), false);
        var common = await CurrentAsync(AgentVersion.OfTenant, cancel);
        return (common is null ? ActiveAgent.Unset(caller.Tenant) : new ActiveAgent(common, box), account != AgentVersion.OfTenant);
    }

    /// <exception cref="Problem">400 with every wrong field. 404. 409 agent_changed: somebody else changed it meanwhile.</exception>
    public async Task<VersionNumber> ChangeAsync(Guid account, AgentForm form, CancellationToken cancel)
    {
        var (now, inherited) = await ReadAsync(account, cancel);
        if (form.Version is { } seen && seen != now.Version) throw Changed();
        var draft = await DraftAsync(now, form, cancel);
        var before = inherited ? null : now;
        var summary = inherited ? "its own" : Difference.Of(now.Settings, draft.Settings, draft.ApiKey != now.ApiKey);
        if (summary.Length == 0) return new VersionNumber(now.Version);
        return await AppendAsync(account, before, draft, summary, cancel);
    }

    /// <summary>The agent as the form would make it, checked but not stored.</summary>
    /// <exception cref="Problem">400 with every wrong field.</exception>
    public async Task<ActiveAgent> DraftAsync(ActiveAgent now, AgentForm form, CancellationToken cancel)
    {
        var wanted = form.Onto(now.Settings);
        var errors = Check(wanted);
        var (mayReachPrivate, key) = (now.MayReachPrivate, form.Model?.ApiKey?.Trim() ?? now.ApiKey);
        if (wanted.Model.BaseUrl != now.Settings.Model.BaseUrl && wanted.Model.BaseUrl.Length > 0)
        {
            mayReachPrivate = await outbound.CheckTypedAsync(wanted.Model.BaseUrl, caller.IsPlatformAdministrator, "model.base_url", errors, cancel);
            // A key is for whoever it was given for; it must not follow an address that somebody else typed in.
            if (form.Model?.ApiKey is null && key.Length > 0 && Origin(wanted.Model.BaseUrl) != Origin(now.Settings.Model.BaseUrl))
                errors.Add(new("model.api_key", "Give the key again: the address is another one."));
        }
        return errors.Count > 0 ? throw Problem.Invalid(errors) : now.With(wanted, key, mayReachPrivate);
    }

    /// <summary>A new version like an old one, key included.</summary>
    /// <exception cref="Problem">404: no such version.</exception>
    public async Task<VersionNumber> RestoreAsync(Guid account, int version, CancellationToken cancel)
    {
        await RequireAsync(account, cancel);
        var old = await db.AgentVersions.AsNoTracking().SingleOrDefaultAsync(v => v.AccountId == account && v.Version == version, cancel) ?? throw Problem.NotFound();
        var current = await CurrentAsync(account, cancel);
        return await AppendAsync(account, current is null ? null : new ActiveAgent(current, box), new ActiveAgent(old, box), $"restored {version}", cancel, old.Inherits);
    }

    /// <summary>The account goes back to the tenant's agent.</summary>
    /// <exception cref="Problem">404: no such account.</exception>
    public async Task InheritAsync(Guid account, CancellationToken cancel)
    {
        await RequireAsync(account, cancel);
        if (await CurrentAsync(account, cancel) is { Inherits: false } own)
            await AppendAsync(account, new ActiveAgent(own, box), new ActiveAgent(own, box), "inherits", cancel, inherits: true);
    }

    /// <summary>Every version, newest first.</summary>
    /// <exception cref="Problem">404: no such account.</exception>
    public async Task<List<VersionRow>> HistoryAsync(Guid account, CancellationToken cancel)
    {
        await RequireAsync(account, cancel);
        var rows = await db.AgentVersions.AsNoTracking().Where(v => v.AccountId == account).OrderByDescending(v => v.Version).Take(200).ToListAsync(cancel);
        return rows.ConvertAll(v => new VersionRow(
            v.Version, v.ChangedAt, v.ChangedBy, v.Summary, v.Inherits ? null : AgentView.Of(new ActiveAgent(v, box))));
    }

    /// <summary>The agent as a version of it was.</summary>
    /// <exception cref="Problem">404: no such version.</exception>
    public async Task<ActiveAgent> AtAsync(Guid account, int version, CancellationToken cancel) =>
        new(await db.AgentVersions.AsNoTracking().SingleOrDefaultAsync(v => v.AccountId == account && v.Version == version, cancel) ?? throw Problem.NotFound(), box);

    private async Task<VersionNumber> AppendAsync(
        Guid account, ActiveAgent? before, ActiveAgent wanted, string summary, CancellationToken cancel, bool inherits = false)
    {
        var now = time.Now();
        try
        {
            var number = await db.WriteAsync(
                async () =>
                {
                    var last = await db.AgentVersions.Where(v => v.AccountId == account && v.IsCurrent).OrderByDescending(v => v.Version).FirstOrDefaultAsync(cancel);
                    if (before is not null && (last?.Version ?? 0) != before.Version) throw Changed();
                    if (last is not null) last.IsCurrent = false;
                    var on = wanted.Settings.Enabled && !inherits;
                    var row = new AgentVersion
                    {
                        TenantId = caller.Tenant, AccountId = account, Version = (last?.Version ?? 0) + 1, IsCurrent = true, Inherits = inherits,
                        Settings = ActiveAgent.Write(wanted.Settings), MayReachPrivate = wanted.MayReachPrivate, ChangedAt = now, ChangedBy = caller.Name,
                        ApiKey = wanted.ApiKey.Length > 0 ? box.Seal(wanted.ApiKey, AgentVersion.Purpose(caller.Tenant, account)) : null,
                        ActivatedAt = !on ? null : before is { Settings.Enabled: true, ActivatedAt: { } since } ? since : now, Summary = summary,
                    };
                    db.AgentVersions.Add(row);
                    db.Record(caller.Tenant, ChangeKind.AgentSettings, account.ToString());
                    return row.Version;
                },
                cancel);
            await directory.RefreshAsync(cancel);
            if (!wanted.Settings.Enabled || inherits) await off.RunAsync(caller.Tenant, cancel);
            return new VersionNumber(number);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate()) { throw Changed(); }
    }

    private Task<AgentVersion?> CurrentAsync(Guid account, CancellationToken cancel) =>
        db.AgentVersions.AsNoTracking().SingleOrDefaultAsync(v => v.AccountId == account && v.IsCurrent, cancel);

    private async Task RequireAsync(Guid account, CancellationToken cancel)
    {
        if (account != AgentVersion.OfTenant && !await db.ChannelAccounts.AnyAsync(a => a.Id == account, cancel)) throw Problem.NotFound();
    }

    private static List<FieldError> Check(AgentSettings wanted)
    {
        var errors = new List<FieldError>();
        if (wanted.Instructions.Length > LongestInstructions) errors.Add(new("instructions", $"At most {LongestInstructions} characters."));
        if (wanted.Temperature is < 0 or > 2) errors.Add(new("temperature", "0 to 2, or empty for the model's own."));
        if (wanted.DebounceMs is < 0 or > 60_000) errors.Add(new("debounce_ms", "0 to 60000."));
        if (wanted.MaxWaitMs is < 0 or > 600_000) errors.Add(new("max_wait_ms", "0 to 600000."));
        if (wanted.MaxAgeS is < 1 or > 604_800) errors.Add(new("max_age_s", "1 to 604800."));
        if (wanted.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(wanted.TimeZone, out _))
            errors.Add(new("time_zone", "A name such as America/Argentina/Buenos_Aires is needed."));
        if (wanted.Model.Name.Length > 200) errors.Add(new("model.name", "At most 200 characters."));
        if (wanted.Model.BaseUrl.Length > 0 && wanted.Model.Name.Length == 0) errors.Add(new("model.name", "This is needed with an address."));
        if (wanted.Model is { InputPrice: < 0 } or { OutputPrice: < 0 }) errors.Add(new("model.input_price", "Prices cannot be negative."));
        if (wanted.Handoff.Keywords.Count > 50 || wanted.Handoff.Keywords.Any(k => k.Length > 100)) errors.Add(new("handoff.keywords", "At most 50 of up to 100 characters."));
        if (wanted.Handoff.MaxTurnsPerHour is < 1 or > 1000) errors.Add(new("handoff.max_turns_per_hour", "1 to 1000."));
        return errors;
    }

    private static string Origin(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "";

    private static Problem Changed() =>
        new(409, "agent_changed", "Somebody else changed the agent meanwhile.", "Read it again and repeat your change.");
}
