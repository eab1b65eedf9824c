using System.CommandLine;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>The commands about people and tokens.</summary>
internal static partial class Commands
{
    private static Command Operators(TextReader input, TextWriter output, TextWriter errors)
    {
        var email = new Argument<string>("email") { Description = "The operator's e-mail address." };
        var name = new Option<string>("--name") { Description = "The person's name.", Required = true };
        var role = new Option<Role>("--role") { Description = "Owner, Operator or Viewer.", DefaultValueFactory = _ => Role.Operator };
        // Never an argument: other users of the machine see those, and the shell keeps them.
        var password = new Option<bool>("--password-stdin") { Description = "Read the password from standard input; otherwise one is made up and printed." };
        var platform = new Option<bool>("--platform") { Description = "Also manages tenants." };

        var list = new Command("list", "A tenant's operators.") { TenantOption };
        list.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            var tenant = await FindTenantAsync(databases, parsed.GetValue(TenantOption), cancel);
            await using var db = databases.For(tenant.Id);
            foreach (var o in await db.Operators.AsNoTracking().OrderBy(o => o.CreatedAt).ToListAsync(cancel))
                output.WriteLine($"{o.Id}  {o.Email}  {Word.Of(o.Role)}{(o.DisabledAt is null ? "" : "  disabled")}  {o.Name}");
        }));
        var create = new Command("create", "Make an operator.") { email, name, role, password, platform, TenantOption };
        create.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            var tenant = await FindTenantAsync(databases, parsed.GetValue(TenantOption), cancel);
            await using var db = databases.For(tenant.Id);
            var (chosen, madeUp) = await PasswordAsync(parsed.GetValue(password) ? input : null);
            var form = new NewOperator(parsed.GetValue(name)!, parsed.GetValue(email)!, chosen, parsed.GetValue(role));
            var made = await db.AddOperatorAsync(tenant.Id, form, parsed.GetValue(platform), cancel);
            if (madeUp) output.WriteLine($"password: {chosen}");
            output.WriteLine(made.Id);
        }));
        var change = new Command("password", "Set an operator's password; ends their sessions.") { email, password };
        change.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            var (chosen, madeUp) = await PasswordAsync(parsed.GetValue(password) ? input : null);
            await ChangeAsync(databases, parsed.GetValue(email)!, new OperatorChange(Password: chosen), cancel);
            if (madeUp) output.WriteLine($"password: {chosen}");
        }));
        var disable = new Command("disable", "An operator may not sign in any more; ends their sessions.") { email };
        disable.SetAction((parsed, cancel) => WithDatabaseAsync(
            parsed, errors, databases => ChangeAsync(databases, parsed.GetValue(email)!, new OperatorChange(Disabled: true), cancel)));
        return new Command("operator", "The people who answer.") { list, create, change, disable };
    }

    private static Command Tokens(TextWriter output, TextWriter errors)
    {
        var id = new Argument<Guid>("id") { Description = "As listed." };
        var name = new Argument<string>("name") { Description = "What it is for." };
        var role = new Option<Role>("--role") { Description = "Owner, Operator, Viewer or Service.", DefaultValueFactory = _ => Role.Owner };

        var list = new Command("list", "A tenant's API tokens, without their secrets.") { TenantOption };
        list.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            var tenant = await FindTenantAsync(databases, parsed.GetValue(TenantOption), cancel);
            await using var db = databases.For(tenant.Id);
            foreach (var t in await db.ApiTokens.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancel))
                output.WriteLine($"{t.Id}  {Word.Of(t.Role)}{(t.RevokedAt is null ? "" : "  revoked")}  {t.Name}");
        }));
        var create = new Command("create", "Make an API token and print it once.") { name, role, TenantOption };
        create.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            var tenant = await FindTenantAsync(databases, parsed.GetValue(TenantOption), cancel);
            await using var db = databases.For(tenant.Id);
            output.WriteLine((await db.AddTokenAsync(tenant.Id, new NewToken(parsed.GetValue(name)!, parsed.GetValue(role)), cancel)).Token);
        }));
        var revoke = new Command("revoke", "End an API token.") { id };
        revoke.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            await using var db = databases.ForSystem();
            await db.RevokeTokenAsync(parsed.GetValue(id), byPlatformAdministrator: true, cancel);
        }));
        return new Command("token", "Keys for programs.") { list, create, revoke };
    }

    private static async Task ChangeAsync(Databases databases, string email, OperatorChange change, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var key = Operator.EmailKey(email);
        var person = await db.Operators.AsNoTracking().SingleOrDefaultAsync(o => o.Email == key, cancel)
            ?? throw new StartException($"There is no operator {email}.");
        await db.ChangeOperatorAsync(person.TenantId, person.Id, change, byPlatformAdministrator: true, cancel);
        // From which networks this operator failed to sign in is not known; whoever is locked out may try again.
        await db.WriteAsync(() => db.SignInFailures.ExecuteDeleteAsync(cancel), cancel);
    }

    /// <summary>One that is made up is printed once it holds, and not for a change that is refused.</summary>
    private static async Task<(string Password, bool MadeUp)> PasswordAsync(TextReader? input) =>
        input is null ? (ApiToken.RandomKey()[..20], true) : (await input.ReadLineAsync() ?? "", false);
}
