using System.CommandLine;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOperator.Operators;

/// <summary>
/// Administration from the server's own machine, for when nobody can sign in: <c>tenant</c>, <c>operator</c>, <c>token</c>. On SQLite
/// only while the server is stopped; it has the data directory to itself.
/// </summary>
internal static partial class Commands
{
    private static readonly Option<string?> DataDirectoryOption = new("--data-directory")
    {
        Description = "Where the installation is; otherwise as configured.", Recursive = true,
    };

    private static readonly Option<string?> TenantOption = new("--tenant")
    {
        Description = "Id or name of the tenant; otherwise the first one.",
    };

    /// <summary>
    /// Whether these arguments are a command and not configuration of the server. A word alone is meant as one, known or not: a mistyped
    /// command must not start a server.
    /// </summary>
    public static bool Handle(string[] args) =>
        args is [{ Length: > 0 } first, ..] && (first is "--help" or "-h" or "-?" or "--version" || !(first[0] is '-' or '/' || first.Contains('=')));

    /// <returns>Exit code: 0, or 1 with the reason on standard error.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, TextReader? input = null)
    {
        var root = new RootCommand("Chat Operator. Without a command: runs the server, configured by CHATOPERATOR__ variables.")
        {
            Tenants(output, errors), Operators(input ?? Console.In, output, errors), Tokens(output, errors),
        };
        root.Add(DataDirectoryOption);
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
    }

    private static Command Tenants(TextWriter output, TextWriter errors)
    {
        var name = new Argument<string>("name") { Description = "The business's name." };
        var list = new Command("list", "All tenants.");
        list.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            await using var db = databases.ForSystem();
            foreach (var t in await db.Tenants.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancel)) output.WriteLine($"{t.Id}  {t.Name}");
        }));
        var create = new Command("create", "Make a tenant.") { name };
        create.SetAction((parsed, cancel) => WithDatabaseAsync(parsed, errors, async databases =>
        {
            await using var db = databases.ForSystem();
            output.WriteLine((await Platform.AddTenantAsync(db, parsed.GetValue(name)!, cancel)).Id);
        }));
        return new Command("tenant", "The businesses of this installation.") { list, create };
    }

    private static async Task<int> WithDatabaseAsync(ParseResult parsed, TextWriter errors, Func<Databases, Task> work)
    {
        try
        {
            var settings = ReadSettings(parsed.GetValue(DataDirectoryOption));
            using var directory = DataDirectory.Open(settings);
            await using var databases = new Databases(settings, directory.DatabaseFile, TimeProvider.System, NullLoggerFactory.Instance);
            await Schema.RequireCurrentAsync(databases);
            await work(databases);
            return 0;
        }
        catch (Exception failure) when (failure is Problem or StartException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static Settings ReadSettings(string? dataDirectory)
    {
        var configuration = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables().AddEnvironmentVariables("CHATOPERATOR__");
        if (dataDirectory is not null)
            configuration.AddInMemoryCollection(new Dictionary<string, string?> { [nameof(Settings.DataDirectory)] = dataDirectory });
        return Settings.Read(configuration.Build());
    }

    private static async Task<Tenant> FindTenantAsync(Databases databases, string? named, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var tenants = await db.Tenants.AsNoTracking().OrderBy(t => t.CreatedAt).ThenBy(t => t.Id).ToListAsync(cancel);
        if (named is null)
            return tenants.FirstOrDefault() ?? throw new StartException("There is no tenant yet. Make one with: tenant create NAME");
        return tenants.Where(t => t.Id.ToString() == named || t.Name == named).ToList() switch
        {
            [var only] => only,
            [] => throw new StartException($"There is no tenant {named}."),
            _ => throw new StartException($"Several tenants are called {named}. Give the id."),
        };
    }
}
