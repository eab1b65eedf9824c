using ChatOperator.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ChatOperator.Operators;

/// <summary>Passwords are kept as ASP.NET Core Identity keeps them: PBKDF2 with HMAC-SHA512 and a salt of their own.</summary>
internal static class Passwords
{
    public const int Shortest = 10, Longest = 200;

    /// <summary>For the program that hosts the server, in its runtime configuration: tests sign in too often to pay the full price each time.</summary>
    private const string IterationsSwitch = "ChatOperator.PasswordIterations";

    /// <summary>OWASP's figure for this function, about a quarter of a second each.</summary>
    private const int Iterations = 210_000;

    private static readonly PasswordHasher<object> Hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = AppContext.GetData(IterationsSwitch) as int? ?? Iterations }));

    private static readonly object Nobody = new();

    /// <summary>Compared with when there is no such operator, so that the answer takes as long as for one who exists.</summary>
    private static readonly Lazy<string> NobodysHash = new(() => Hash("nobody's password"));

    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <param name="hash">Null when there is no such operator: false, after the same work.</param>
    public static bool Verify(string? hash, string password) =>
        Hasher.VerifyHashedPassword(Nobody, hash ?? NobodysHash.Value, password) != PasswordVerificationResult.Failed && hash is not null;

    /// <summary>What is wrong with a new password, or null.</summary>
    public static FieldError? Check(string password) =>
        password.Length is < Shortest or > Longest ? new("password", $"{Shortest} to {Longest} characters.") : null;
}
