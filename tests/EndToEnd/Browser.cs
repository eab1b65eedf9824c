using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;

// One browser at a time: a journey waits as a person does, and several would only wait for each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ChatOperator.EndToEnd.Browser))]

namespace ChatOperator.EndToEnd;

/// <summary>The system's Chromium, one for all journeys: each has its own cookies and storage. Screenshots are kept in artifacts/screenshots.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Milliseconds. Sends keep a distance of seconds, ticks take theirs, and the machine may be busy with other tests.</summary>
    private const int Patience = 45_000;

    /// <summary>Debian's. The one that has no window to draw needs half the processor time.</summary>
    private static readonly string[] Installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHATOPERATOR_CHROMIUM") ?? Installed.First(File.Exists),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage",
                // A microphone that beeps, and nobody who would have to allow it.
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
    }

    /// <summary>A browser of its own: cookies, language and size are not shared with other pages.</summary>
    public async Task<Screen> OpenAsync(Uri address, int width = 1360, int height = 860, string language = "en-GB", ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(), Locale = language, ColorScheme = scheme, TimezoneId = "America/Argentina/Buenos_Aires",
            ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return new Screen(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>What one person looks at.</summary>
public sealed class Screen : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(new BundledAxeScriptProvider().GetScript);

    private readonly IBrowserContext _context;
    private readonly List<string> _errors = [];
    private readonly List<string> _refused = [];

    internal Screen(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.PageError += (_, error) => _errors.Add(error);
        page.Response += (_, answer) => { if (answer.Status >= 400) _refused.Add($"{answer.Status} {answer.Request.Method} {answer.Url}"); };
        page.Console += (_, line) =>
        {
            // Refused requests are the page's business; the browser merely reports them.
            if (line.Type == "error" && !line.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) _errors.Add(line.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>Marked with data-testid.</summary>
    public ILocator this[string testId] => Page.GetByTestId(testId);

    /// <summary>Whatever the page's scripts complained about.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Requests of the page that the server refused.</summary>
    public IReadOnlyList<string> Refused => _refused;

    /// <summary>Keeps a picture, and holds the page to the accessibility rules.</summary>
    public async Task ShowAsync(string name)
    {
        var folder = Directory.CreateDirectory(Harness.Repository.File("artifacts", "screenshots")).FullName;
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
        var violations = await ViolationsAsync();
        Assert.True(violations.Length == 0, $"{name} is not accessible:\n" + string.Join('\n', violations));
        Assert.Empty(_errors);
    }

    /// <summary>What axe complains about. Loaded once a page and asked for complaints only: the whole report costs ten times the check.</summary>
    private async Task<string[]> ViolationsAsync()
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window")) await Page.EvaluateAsync(Axe.Value);
        return await Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'], iframes: false, performanceTimer: false })).violations
                .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
            """);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

}
