using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Tests.Integration.Reporting;
using BatchScoring.Tests.Testing;
using Microsoft.Playwright;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>
/// From the end of a run to a reader's screen, over a server and through a MIME parser and a browser that are not ours.
/// </summary>
public sealed class WholeWayTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task RunEnds_LetterArrivesWithItsPicturesAndReadsOnEveryScreen()
    {
        Browser.Require();
        using Smtp4dev server = await Smtp4dev.StartAsync();
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.File("password"), "secret\n");
        using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(server.CertificateFile);
        SmtpSettings smtp = new("127.0.0.1", server.Port, User: "scoring", PasswordFile: folder.File("password"),
            Pin: Convert.ToHexString(SHA256.HashData(certificate.RawData)));
        using MailWorld world = new(new MailSettings(MailSamples.Sender, smtp, Page: new Uri("https://scoring.example.org")),
            new MailGroup(["jane@example.org", "Joe <joe@example.org>"], [MailOccasion.Ok]));
        MailSamples.Month(world);
        MailSamples.GoodMorning(world);
        await using (SmtpTransport way = new(smtp, TimeProvider.System))
            await world.Sender((OutboxChannel.Smtp, way)).TurnAsync(default);
        OutboxRow sent = world.Letters().ShouldHaveSingleItem();
        sent.State.ShouldBe(OutboxState.Sent, sent.Answer);

        using HttpClient http = new() { BaseAddress = new Uri(server.Page) };
        JsonNode listed = JsonNode.Parse(await http.GetStringAsync("/api/messages"))!["results"]!.AsArray().ShouldHaveSingleItem()!;
        listed["subject"]!.ToString().ShouldBe(sent.Subject);
        string id = listed["id"]!.ToString();
        JsonNode letter = JsonNode.Parse(await http.GetStringAsync($"/api/messages/{id}"))!;
        letter["secureConnection"]!.GetValue<bool>().ShouldBeTrue();
        letter["deliveredTo"]!.AsArray().Select(to => to!.ToString()).ShouldBe(["jane@example.org", "joe@example.org"]);
        letter["hasPlainTextBody"]!.GetValue<bool>().ShouldBeTrue();
        letter["mimeParseError"].ShouldBeNull();

        string html = (await http.GetStringAsync($"/api/messages/{id}/html")).Replace("<head>", $"<head><base href=\"{server.Page}/\">");
        foreach (int width in new[] { 700, 400 })
        {
            foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark }) await LookAsync(html, width, scheme);
        }
    }

    private async Task LookAsync(string html, int width, ColorScheme scheme)
    {
        await using OpenPage open = await browser.OpenAsync(html, width, scheme);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        int[] pictures = await open.Page.EvaluateAsync<int[]>("Array.from(document.images, image => image.naturalWidth)");
        pictures.ShouldBe([944, 944]);
        string first = (await open.Page.Locator("body").InnerTextAsync()).Trim().Split('\n')[0].Replace('\u00A0', ' ');
        first.ShouldBe("OK: 24,310 rows scored, delivered at 06:41, 19 min before the promised 07:00 (Europe/Berlin).");
        string ground = await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        ground.ShouldBe(scheme == ColorScheme.Dark ? "rgb(15, 20, 25)" : "rgb(244, 245, 247)");
        open.Complaints.ShouldBeEmpty();
    }
}
