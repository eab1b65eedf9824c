using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Operators;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public sealed class CommandTests
{
    [Fact]
    public async Task Tenants_operators_and_tokens_are_managed_while_the_server_is_stopped()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        await using (await TestServer.StartAsync(installation)) { }

        var tenant = await RunAsync(installation, "tenant", "create", "Óptica Norte");
        Assert.Contains($"{tenant}  Óptica Norte", await RunAsync(installation, "tenant", "list"), StringComparison.Ordinal);
        var token = await RunAsync(installation, "token", "create", "CRM", "--role", "viewer", "--tenant", tenant);
        var made = await RunAsync(installation, "operator", "create", "luz@example.test", "--name", "Luz", "--role", "owner", "--tenant", "Óptica Norte");
        Assert.StartsWith("password: ", made, StringComparison.Ordinal);
        await RunAsync(installation, "operator", "password", "LUZ@example.test", "--password-stdin");
        Assert.Contains("luz@example.test  owner  Luz", await RunAsync(installation, "operator", "list", "--tenant", tenant), StringComparison.Ordinal);

        await using (var server = await TestServer.StartAsync(installation))
        {
            using var program = new Api(server.Address, token);
            Assert.Equal("viewer", (await program.GetAsync("/auth/me")).GetProperty("operator").GetProperty("role").GetString());
            using var browser = await Browser.SignInAsync(server, "luz@example.test", "una clave nueva");
            await FailAsync(installation, "in use by another process", "tenant", "list");
        }

        var id = (await RunAsync(installation, "token", "list", "--tenant", tenant)).Split("  ")[0];
        await RunAsync(installation, "token", "revoke", id);
        Assert.Contains("revoked", await RunAsync(installation, "token", "list", "--tenant", tenant), StringComparison.Ordinal);
        await FailAsync(installation, "last owner", "operator", "disable", "luz@example.test");
        await FailAsync(installation, "no operator", "operator", "disable", "nobody@example.test");
        Assert.DoesNotContain("password", await FailAsync(installation, "exists already", "operator", "create", "luz@example.test", "--name", "Luz"), StringComparison.Ordinal);
        Assert.DoesNotContain("password", await FailAsync(installation, "no operator", "operator", "password", "nobody@example.test"), StringComparison.Ordinal);
        await FailAsync(installation, "no tenant", "token", "create", "x", "--tenant", "Nowhere");
    }

    [Fact]
    public async Task A_command_never_makes_or_migrates_a_database()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        await FailAsync(installation, "start the server once", "tenant", "list");
        await FailAsync(installation, "start the server once", "tenant", "create", "Óptica Norte");
    }

    [Fact]
    public async Task A_mistyped_command_is_refused_and_starts_no_server()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        await FailAsync(installation, "opertor", "opertor", "list");
        await FailAsync(installation, "tenants", "tenants");
        foreach (var args in (string[][])[[], ["--Database:Provider", "Postgres"], ["/PublicUrl=http://x"], ["PublicUrl=http://x"]]) Assert.False(Commands.Handle(args));
    }

    private static async Task<string> RunAsync(Installation installation, params string[] args)
    {
        var (code, output, errors) = await StartAsync(installation, args);
        Assert.True(code == 0, errors);
        return output;
    }

    /// <summary>What it says on standard output nevertheless.</summary>
    private static async Task<string> FailAsync(Installation installation, string reason, params string[] args)
    {
        var (code, output, errors) = await StartAsync(installation, args);
        Assert.Equal(1, code);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        return output;
    }

    private static async Task<(int Code, string Output, string Errors)> StartAsync(Installation installation, string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        Assert.True(Commands.Handle(args));
        var code = await Commands.RunAsync([.. args, "--data-directory", installation.DataDirectory], output, errors, new StringReader("una clave nueva\n"));
        return (code, output.ToString().Trim(), errors.ToString());
    }
}
