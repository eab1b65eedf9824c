using System.Net.Mail;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Operators;

/// <summary>A person who answers.</summary>
public sealed class Operator : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>In lower case; unique in the installation, because people sign in without naming their tenant.</summary>
    public required string Email { get; init; }

    public required string PasswordHash { get; set; }
    public Role Role { get; set; }

    /// <summary>Whether this person also manages tenants.</summary>
    public bool IsPlatformAdministrator { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when this person may not sign in; null while they may.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>How addresses are kept and compared.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();

    /// <summary>What is wrong with a new operator's particulars; empty when nothing is.</summary>
    internal static IEnumerable<FieldError> Check(string name, string email, string password, Role role)
    {
        if (name.Trim().Length is 0 or > 200) yield return new("name", "1 to 200 characters.");
        if (!IsEmail(email)) yield return new("email", "An e-mail address is needed, such as ana@example.com.");
        if (Passwords.Check(password) is { } error) yield return error;
        if (role == Role.Service) yield return new("role", "A person is an owner, an operator or a viewer.");
    }

    private static bool IsEmail(string email) =>
        email.Trim() is { Length: > 2 and <= 254 } trimmed && MailAddress.TryCreate(trimmed, out var parsed) && parsed.Address == trimmed;
}
