using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;
using Microsoft.Playwright;
using SkiaSharp;

namespace BatchScoring.Tests.Integration.Reporting;

/// <summary>The HTML report as a reader sees it.</summary>
public sealed class ReportPageTests(Browser browser) : IClassFixture<Browser>
{
    /// <summary>210 mm less two margins of 14 mm, at 96 pixels per inch.</summary>
    private const int A4InsideMargins = 687;

    [SkippableFact]
    public async Task Page_Evaluation_ShowsItsChartsAndAsksForNothing()
    {
        Browser.Require();
        Report report = SampleReports.Evaluation();
        await using OpenPage open = await browser.OpenAsync(HtmlReport.Create(report), width: 1200);

        (await open.Page.TitleAsync()).ShouldBe($"{report.Title} · Evaluated");
        ILocator charts = open.Page.GetByRole(AriaRole.Img);
        (await charts.CountAsync()).ShouldBe(report.Charts.Count);
        for (int i = 0; i < report.Charts.Count; i++)
        {
            LocatorBoundingBoxResult box = (await charts.Nth(i).BoundingBoxAsync()).ShouldNotBeNull();
            box.Width.ShouldBeGreaterThan(300);
            box.Height.ShouldBeGreaterThan(200);
            (await open.Page.GetByRole(AriaRole.Img, new() { Name = report.Charts[i].Title, Exact = true }).CountAsync()).ShouldBe(1);
        }
        (await open.Page.Locator("svg[role=img] rect.bar").CountAsync()).ShouldBeGreaterThan(50);
        (await open.Page.GetByText("0.7913", new() { Exact = true }).First.IsVisibleAsync()).ShouldBeTrue();

        open.FileWasRequested.ShouldBeTrue();
        open.OtherRequests.ShouldBeEmpty();
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Page_HostileTexts_StayTexts()
    {
        Browser.Require();
        await using OpenPage open = await browser.OpenAsync(HtmlReport.Create(SampleReports.HostileHeld()), width: 1200);

        (await open.Page.Locator("script, img, iframe, object, embed").CountAsync()).ShouldBe(0);
        (await open.Page.Locator("h1").InnerTextAsync()).ShouldContain("<script>alert(1)</script>");
        open.OtherRequests.ShouldBeEmpty();
        open.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(320, ColorScheme.Dark)]
    public async Task Page_AnyWidth_FitsWithoutScrollingSideways(int width, ColorScheme scheme)
    {
        Browser.Require();
        foreach (Report report in new[] { SampleReports.Evaluation(), SampleReports.Doubtful(), SampleReports.HostileHeld() })
        {
            await using OpenPage open = await browser.OpenAsync(HtmlReport.Create(report), width, scheme);
            (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            string ground = await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
            ground.ShouldBe(scheme == ColorScheme.Dark ? "rgb(15, 20, 25)" : "rgb(244, 245, 247)");
            open.Complaints.ShouldBeEmpty();
        }
    }

    [SkippableFact]
    public async Task Page_OnPaper_IsBlackOnWhiteAndNothingIsCutOff()
    {
        Browser.Require();
        await using OpenPage open =
            await browser.OpenAsync(HtmlReport.Create(SampleReports.Doubtful()), width: A4InsideMargins, ColorScheme.Dark);
        await open.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe("rgb(255, 255, 255)");
        (await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).color")).ShouldBe("rgb(0, 0, 0)");
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(A4InsideMargins);
        (await open.Page.Locator("summary").First.IsVisibleAsync()).ShouldBeFalse(); // nobody can unfold paper
    }

    [SkippableFact]
    public async Task Page_Folded_OpensItsTableByKeyboard()
    {
        Browser.Require();
        await using OpenPage open = await browser.OpenAsync(HtmlReport.Create(SampleReports.Evaluation()), width: 1200);
        ILocator summary = open.Page.GetByText("Show as table").First;
        ILocator table = open.Page.GetByRole(AriaRole.Region, new() { Name = "Scores by outcome" });
        (await table.IsVisibleAsync()).ShouldBeFalse();
        await summary.PressAsync("Enter");
        (await table.IsVisibleAsync()).ShouldBeTrue();
    }

    /// <summary>The same chart twice: as the browser shows it, with the image's font, and as an image.</summary>
    [SkippableFact]
    public async Task Images_OfEveryChart_LookLikeThePage()
    {
        Browser.Require();
        Report report = SampleReports.Evaluation();
        string font = Convert.ToBase64String(
            await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "libs", "Reporting", "Charts", "Fonts", "DejaVuSansCondensed.ttf")));
        foreach (Chart chart in report.Charts)
        {
            string html = HtmlReport.Create(report with { Charts = [chart] })
                .Replace("<meta http-equiv=\"Content-Security-Policy\"", "<meta name=\"x\"")
                .Replace("</style>", $"@font-face {{ font-family: chart; src: url(data:font/ttf;base64,{font}); }} figure text " +
                    $"{{ font-family: chart; }} figure > svg {{ width: 440px !important; }}</style>");
            await using OpenPage open = await browser.OpenAsync(html, width: 1200, scale: 2);
            await open.Page.EvaluateAsync("document.fonts.ready");
            using var page = SKBitmap.Decode(await open.Page.Locator("figure > svg").ScreenshotAsync());
            using var image = SKBitmap.Decode(ChartImage.Create(chart));

            int top = image.Height - (2 * 316);
            long difference = 0;
            for (int y = 0; y < 600; y++)
                for (int x = 0; x < 880; x++) difference += Math.Abs(page.GetPixel(x, y).Green - image.GetPixel(x + 32, y + top).Green);
            // Edges are smoothed differently; a mark in another place or colour costs far more.
            (difference / (600.0 * 880)).ShouldBeLessThan(2.5, chart.Title);
        }
    }
}
