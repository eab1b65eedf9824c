using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Operators;

/// <summary>A browser on the server under test: keeps cookies, has no token.</summary>
internal static class Browser
{
    public static Api Open(TestServer server) => new(server.Address, null);

    /// <summary>Signed in as an operator.</summary>
    public static async Task<Api> SignInAsync(TestServer server, string email, string password)
    {
        var browser = Open(server);
        await browser.PostAsync("/auth/sign-in", new { email, password });
        return browser;
    }

    /// <summary>An operator made by the tenant's owner.</summary>
    public static async Task<(Guid Id, string Email)> OperatorAsync(TestTenant tenant, string role = "operator", string password = Password)
    {
        var email = $"{Guid.CreateVersion7(tenant.Server.Time.GetUtcNow()):N}@example.test";
        var made = await tenant.Api.PostAsync("/admin/operators", new { name = "Ana", email, password, role });
        return (made.GetProperty("id").GetGuid(), email);
    }

    public const string Password = "una clave larga";
}
