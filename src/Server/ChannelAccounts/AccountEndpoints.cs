using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.ChannelAccounts;

/// <summary>The addresses under /admin/channel-accounts.</summary>
internal static class AccountEndpoints
{
    private static readonly TimeSpan TestTime = TimeSpan.FromSeconds(20);

    public static void MapAccounts(this WebApplication app)
    {
        var read = app.MapGroup("/admin/channel-accounts").WithTags("Channel accounts").RequireAuthorization(Access.Read);
        read.MapGet("", ListAsync).WithSummary("All accounts");
        read.MapGet("/schema", () => ChannelSchema.All).WithSummary("What each channel is connected with and can do");
        read.MapGet("/{id:guid}", ReadAsync).WithSummary("One account");

        var manage = app.MapGroup("/admin/channel-accounts").WithTags("Channel accounts").RequireAuthorization(Access.Manage);
        manage.MapPost("", ConnectAsync).WithSummary("Connect an account");
        manage.MapPatch("/{id:guid}", ChangeAsync).WithSummary("Change name or settings; reconnects a paused account");
        manage.MapDelete("/{id:guid}", async (Guid id, AccountEditing accounts, CancellationToken cancel) =>
        {
            await accounts.RemoveAsync(id, cancel);
            return TypedResults.NoContent();
        }).WithSummary("Remove at once; its chats are removed in the background");
        manage.MapPost("/{id:guid}/disable", DisableAsync).WithSummary("Switch off: sends and webhooks are refused");
        manage.MapPost("/{id:guid}/enable", EnableAsync).WithSummary("Switch on, or connect again after a pause");
        manage.MapPost("/{id:guid}/test", TestAsync).WithSummary("Ask the network whether the settings work");
    }

    private static async Task<List<AccountView>> ListAsync(
        CurrentCaller caller, AppDb db, SecretBox box, PublicAddress address, HttpRequest request, CancellationToken cancel)
    {
        var rows = await db.ChannelAccounts.AsNoTracking().OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(cancel);
        var accounts =
            from row in rows
            join channel in Channels.All.Channels on row.Channel equals channel.Info.Key
            select AccountView.Of(new ConnectedAccount(row, channel, box), address, IsOwner(caller), Language.Of(request));
        return [.. accounts];
    }

    private static async Task<AccountView> ReadAsync(
        Guid id, AccountEditing accounts, CurrentCaller caller, SecretBox box, PublicAddress address, HttpRequest request, CancellationToken cancel)
    {
        var (row, channel) = await accounts.FindAsync(id, cancel);
        return AccountView.Of(new ConnectedAccount(row, channel, box), address, IsOwner(caller), Language.Of(request));
    }

    private static async Task<Created<AccountView>> ConnectAsync(NewAccount wanted, AccountEditing accounts, PublicAddress address, HttpRequest request, CancellationToken cancel)
    {
        var account = await accounts.ConnectAsync(wanted, cancel);
        return TypedResults.Created($"/admin/channel-accounts/{account.Id}", AccountView.Of(account, address, forOwner: true, Language.Of(request)));
    }

    private static async Task<AccountView> ChangeAsync(
        Guid id, AccountChange change, AccountEditing accounts, PublicAddress address, HttpRequest request, CancellationToken cancel) =>
        AccountView.Of(await accounts.ChangeAsync(id, change, cancel), address, forOwner: true, Language.Of(request));

    private static async Task<AccountView> DisableAsync(Guid id, AccountEditing accounts, PublicAddress address, HttpRequest request, CancellationToken cancel) =>
        AccountView.Of(await accounts.SwitchAsync(id, AccountState.Disabled, cancel), address, forOwner: true, Language.Of(request));

    private static async Task<AccountView> EnableAsync(Guid id, AccountEditing accounts, PublicAddress address, HttpRequest request, CancellationToken cancel) =>
        AccountView.Of(await accounts.SwitchAsync(id, AccountState.Connected, cancel), address, forOwner: true, Language.Of(request));

    private static async Task<AccountTest> TestAsync(
        Guid id, AccountEditing accounts, SecretBox box, AccountDirectory directory, HttpRequest request, CancellationToken cancel)
    {
        var (row, channel) = await accounts.FindAsync(id, cancel);
        if (channel is not IConnectionTest test)
            throw new Problem(409, "not_testable", "This channel cannot be tested.", "Send a message to see whether it works.");
        var report = await test.TestWithinAsync(directory.Connect(new ConnectedAccount(row, channel, box)), TestTime, cancel);
        if (PhoneNumber.Identify(report.Number) is { Key: var number } && number != row.Number) await accounts.NumberAsync(id, number, cancel);
        if (report.Ok && row.State == AccountState.Paused) await accounts.SwitchAsync(id, AccountState.Connected, cancel);
        var language = Language.Of(request);
        return new AccountTest(report.Ok, report.Detail.In(language), report.Fix?.In(language));
    }

    private static bool IsOwner(CurrentCaller caller) => caller.Role == Role.Owner;
}
