using BatchScoring.Tests.Testing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BatchScoring.Tests.Dispatch.Web;

/// <summary>The pages as a person has them: in a browser, wide and narrow, light and dark, with and without script.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    private static readonly string[] Addresses =
    [
        "/", "/pipelines/app", "/pipelines/app/backfill?from=2026-01-01&to=2026-05-20", "/runs/app.2026-11-28.r1",
        "/runs/app.2026-11-28.r1/steps/score/log", "/runs/app.2026-11-28.r1/steps/score/log?find=row+7", "/runs/app.2026-11-27.r1",
        "/runs/app.2026-11-25.r1", "/today", "/today?date=2026-11-25", "/today?date=2026-12-25", "/queue", "/mail", "/sign-in",
    ];

    private static readonly string? Executable = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private readonly SampleSite _site = new(8);
    private string _log = "";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        _site.AddHistory(200);
        _site.AddReport("app.2026-11-27.r1", "score", MorningReports.Ordinary());
        _log = _site.LogFile("app.2026-11-28.r1", "score", 1);
        await File.WriteAllLinesAsync(_log, Enumerable.Range(0, 900).Select(i => $"2026-11-28T02:00:{i % 60:00}Z score: {i} rows, row {i} is fine"));
        await _site.StartAsync();
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _site.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(1400, ColorScheme.Light)]
    [InlineData(1400, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Pages_InABrowser_HaveNoFinding(int width, ColorScheme scheme)
    {
        Require();
        IPage page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add($"{page.Url} {message.Text}");
        page.PageError += (_, error) => complaints.Add(error);
        await SignInAsync(page);
        foreach (string address in Addresses)
        {
            await page.GotoAsync(Address(address));
            await TakeOutReportsAsync(page);
            AxeResult found = await page.RunAxe();
            found.Violations.Select(v => $"{address} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")
                .ShouldBeEmpty();
            found.Passes.Length.ShouldBeGreaterThan(5);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, address);
            if (Environment.GetEnvironmentVariable("DISPATCH_PICTURES") is { } folder)
            {
                string name = $"{address.Trim('/').Replace('/', '-').Replace('?', '-')}-{width}-{scheme}.png";
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
            }
        }

        complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Cancel_ByKeyboardWithoutScript_Works()
    {
        Require();
        IBrowserContext context = await _browser!.NewContextAsync(new() { JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await SignInAsync(page);
        await page.GotoAsync(Address("/runs/app.2026-11-28.r1"));
        await page.GetByLabel("Reason").FocusAsync();
        await page.Keyboard.TypeAsync("the table is wrong");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByText("cancelled by jane: the table is wrong").First.WaitForAsync();
    }

    [SkippableFact]
    public async Task Log_ThatGrows_IsReadWithoutALoad()
    {
        Require();
        IPage page = await _browser!.NewPageAsync();
        await page.GotoAsync(Address("/runs/app.2026-11-28.r1/steps/score/log"));
        await File.AppendAllTextAsync(_log, $"and now {SampleSite.Hostile}\n");
        ILocator log = page.Locator("pre.log");
        for (int i = 0; i < 3000 && !(await log.InnerTextAsync()).Contains("and now"); i++) _site.Time.Advance(TimeSpan.FromMilliseconds(100));

        (await log.InnerTextAsync()).ShouldEndWith($"row 899 is fine\nand now {SampleSite.Hostile}\n");
        (await page.EvaluateAsync<int>("document.querySelectorAll('pre.log script').length")).ShouldBe(0);
        (await log.EvaluateAsync<bool>("log => log.scrollTop + log.clientHeight >= log.scrollHeight - 5")).ShouldBeTrue(); // it follows
    }

    [SkippableTheory]
    [InlineData(400)]
    [InlineData(1400)]
    public async Task Pages_OfADispatcherWithNothing_SayWhatToDo(int width)
    {
        Require();
        await using var site = new SampleSite(pipelines: 0);
        await site.StartAsync();
        IPage page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 600 } });
        foreach (string address in new[] { "/", "/today", "/queue", "/mail" })
        {
            await page.GotoAsync(new Uri(site.Client.BaseAddress!, address).ToString());
            (await page.RunAxe()).Violations.Select(v => $"{address} {v.Id}: {v.Help}").ShouldBeEmpty();
            (await page.Locator("main p").First.InnerTextAsync()).ShouldNotBeEmpty();
            if (Environment.GetEnvironmentVariable("DISPATCH_PICTURES") is { } folder)
            {
                string name = $"empty-{address.Trim('/')}-{width}.png";
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
            }
        }
    }

    [SkippableFact]
    public async Task Home_LivePart_ShowsWhatCameSince()
    {
        Require();
        IPage page = await _browser!.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync(Address("/"));
        (await page.GetByText("Needs a person").CountAsync()).ShouldBe(0);
        _site.Ledger.Write(sql => Dispatcher.Ledger.Runs.Alarm(
            sql, "line-01.2026-11-28.r1", "not-started", "Needs a person", _site.Time.GetUtcNow()));
        await page.Clock.RunForAsync(11_000);

        await page.GetByText("Needs a person").First.WaitForAsync();
    }

    private static void Require()
    {
        if (Executable is null && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException("CI has no browser: install chromium.");
        Skip.If(Executable is null, "no browser: neither chromium nor google-chrome is on the PATH");
    }

    /// <summary>A report stands in a frame that runs no script, so axe-core would wait in it for ever; it is looked at by its own tests.</summary>
    private static async Task TakeOutReportsAsync(IPage page)
    {
        foreach (ILocator frame in await page.Locator("iframe").AllAsync()) (await frame.GetAttributeAsync("title")).ShouldNotBeNullOrEmpty();
        await page.EvaluateAsync("document.querySelectorAll('iframe').forEach(frame => frame.remove())");
    }

    private async Task SignInAsync(IPage page)
    {
        await page.GotoAsync(Address("/sign-in"));
        await page.GetByLabel("Your name").FillAsync("jane");
        await page.GetByLabel("Token").FillAsync(SampleSite.Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByText("Sign out").WaitForAsync();
    }

    private string Address(string path) => new Uri(_site.Client.BaseAddress!, path).AbsoluteUri;
}
