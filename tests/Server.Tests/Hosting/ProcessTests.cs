using System.Diagnostics;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Server.Tests.Operators;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

/// <summary>The program as whoever installs it meets it: published, and started for the first time.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task The_first_start_prints_a_password_that_opens_the_console_and_no_other_start_does()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Sqlite);
        installation.Settings["Bootstrap:AdminPassword"] = "";
        await using (var first = await ServerProcess.StartAsync(installation))
        {
            await Eventually.TrueAsync(() => Task.FromResult(first.Output.Contains("with the password", StringComparison.Ordinal)));
            var password = first.Output.Split("with the password")[1].Trim().Split('\n')[0].Trim();
            using var browser = new Api(first.Address, null);
            var me = await browser.PostAsync("/auth/sign-in", new { email = Installation.AdminEmail, password });
            Assert.True(me.GetProperty("operator").GetProperty("platform_admin").GetBoolean());
            Assert.Equal(0, await first.StopAsync());
        }
        await using var second = await ServerProcess.StartAsync(installation);
        Assert.DoesNotContain("password", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_is_the_program_with_its_web_assets()
    {
        var folder = Directory.CreateTempSubdirectory("chat-operator-publish-").FullName;
        try
        {
            var configuration = Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(Repository.Output("src/Server", "x"))))!;
            var hasConsole = File.Exists(Repository.Output("src/Server", "wwwroot/index.html"));
            await RunAsync(
                "publish", Repository.File("src", "Server"), "--no-build", "-c", configuration, "-o", folder, "-v", "q", $"-p:SkipConsole={!hasConsole}");
            Assert.Contains("tenant", await RunAsync(Path.Combine(folder, "ChatOperator.Server.dll"), "--help"), StringComparison.Ordinal);
            Assert.Equal(hasConsole, File.Exists(Path.Combine(folder, "wwwroot", "index.html")));
            Assert.Equal(hasConsole, File.Exists(Path.Combine(folder, "wwwroot", "widget.js")));
        }
        finally { Directory.Delete(folder, true); }
    }

    private static async Task<string> RunAsync(params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", args) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
