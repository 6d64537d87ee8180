using BatchScoring.Tests.Testing;
using Microsoft.Playwright;

namespace BatchScoring.Tests.Integration.Reporting;

/// <summary>A real browser that the machine has: nothing is downloaded.</summary>
public sealed class Browser : IAsyncLifetime, IDisposable
{
    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    /// <summary>Headless, and silent: it must not ask the network for anything of its own either.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update",
        "--disable-sync", "--hide-scrollbars",
    ];

    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The browser, or null where there is none.</summary>
    public static string? Executable { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(directory => Names.Select(name => Path.Combine(directory, name))).FirstOrDefault(File.Exists);

    public async Task InitializeAsync()
    {
        if (Executable is null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Arguments, Headless = true });
    }

    /// <summary>Skips the test where there is no browser; in CI there must be one.</summary>
    public static void Require()
    {
        if (Executable is null && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException("CI has no browser: install chromium.");
        Skip.If(Executable is null, "no browser: neither chromium nor google-chrome is on the PATH");
    }

    /// <summary>Opens a page from a file, and notes all that goes wrong or out.</summary>
    public async Task<OpenPage> OpenAsync(string html, int width, ColorScheme scheme = ColorScheme.Light, float scale = 1)
    {
        string file = folder.File($"{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        IPage page = await browser!.NewPageAsync(
            new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme, DeviceScaleFactor = scale });
        var open = new OpenPage(page, new Uri(file).AbsoluteUri);
        await open.LoadAsync();
        return open;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }

    public void Dispose() => folder.Dispose();
}
