using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;
using MimeKit;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>What a letter tells of a run: to the eye, in text, and never more or less in one than in the other.</summary>
public sealed partial class RunLetterTests : IDisposable
{
    private readonly MailWorld _world = new(
        new MailSettings(MailSamples.Sender, Folder: "/mail", Page: new Uri("https://scoring.example.org")),
        new MailGroup(["jane@example.org"], [.. Enum.GetValues<MailOccasion>()]));

    [Fact]
    public void Ok_WithAReport_TellsTheFiguresOfTheMorning()
    {
        MailSamples.Month(_world);
        Read letter = Letter(MailSamples.GoodMorning(_world));
        letter.Subject.ShouldBe("[OK] app · 2026-11-28 · 24,310 rows · 4 min 12 s");
        string text = letter.Text;
        text.ShouldStartWith("OK: 24,310 rows scored, delivered at 06:41, 19 min before the promised 07:00 (Europe/Berlin).");
        foreach (string figure in new[] { "24,322", "+1.2 % against 11-27", "0.0011", "0.2498", "usual" }) text.ShouldContain(figure);
        text.ShouldContain("https://scoring.example.org/runs/app.2026-11-28.r1");
        letter.Pictures.ShouldBe(["durations", "scores"]);
    }

    [Fact]
    public void Ok_WithoutAnyRows_SaysWhatIsKnownAndNotSuccessAlone()
    {
        Read letter = Letter(_world.End("2026-11-28", RunState.Ok));
        letter.Subject.ShouldBe("[OK] app · 2026-11-28 · 2 of 2 steps done · 4 min 12 s");
        letter.Text.ShouldStartWith("OK: 2 of 2 steps done, delivered at 06:00 (Europe/Berlin); no time was promised.");
        letter.Text.ShouldNotContain("success", Case.Insensitive);
    }

    [Fact]
    public void Late_SaysByHowMuch()
    {
        Read letter = Letter(_world.End(
            "2026-11-28", RunState.Late, 72, new JsonObject { ["rows_read"] = 10, ["rows_out"] = 9 }, promised: TimeSpan.FromHours(5.6)));
        letter.Subject.ShouldBe("[LATE] app · 2026-11-28 · 9 rows · 1 h 12 min");
        letter.Text.ShouldStartWith("LATE: 9 rows written, delivered at 06:00, 24 min after the promised 05:36 (Europe/Berlin).");
    }

    [Fact]
    public void Failed_SaysCauseLogAndWhatToDo()
    {
        Read letter = Letter(MailSamples.BadMorning(_world));
        letter.Subject.ShouldStartWith("[FAILED] app · 2026-11-28 · ");
        string text = letter.Text;
        text.ShouldStartWith("FAILED: score: spark-submit ended with 1 on edge-01.");
        foreach (string part in new[] { "JOB_FAILED", "Container killed by YARN for exceeding memory limits",
            "dispatcher retry app.2026-11-28.r1", "dispatcher logs app.2026-11-28.r1",
            "Nothing was delivered; promised was 07:00 (Europe/Berlin)" })
        {
            Flat(text).ShouldContain(part);
            Flat(Seen(letter.Html)).ShouldContain(part);
        }
    }

    [Fact]
    public void Held_SaysThatSomebodyHasToDecide()
    {
        Read letter = Letter(_world.End("2026-11-28", RunState.Held, failure: "412 of 24,322 rows were set aside; 243 are allowed.",
            code: "SCORES_HELD", score: new JsonObject { ["rows_read"] = 24_322, ["rows_out"] = 0, ["rows_quarantined"] = 412 }));
        letter.Subject.ShouldBe("[HELD] app · 2026-11-28 · 24,322 rows read · 4 min 12 s");
        letter.Text.ShouldStartWith("HELD: score: 412 of 24,322 rows were set aside; 243 are allowed.");
        letter.Text.ShouldContain("decide");
    }

    /// <summary>Whoever reads text only must not miss a figure, nor see one that the others do not.</summary>
    [Fact]
    public void TextAndHtml_HaveTheSameFiguresAndWords()
    {
        MailSamples.Month(_world);
        foreach (RunRow run in new[] { MailSamples.GoodMorning(_world), MailSamples.BadMorning(_world, "2026-11-29") })
        {
            Read letter = Letter(run);
            string[] inText = Words(letter.Text), inHtml = Words(Seen(letter.Html));
            inText.Except(inHtml, StringComparer.Ordinal).ShouldBeEmpty("in the text only");
            inHtml.Except(inText, StringComparer.Ordinal).ShouldBeEmpty("in the HTML only");
            inText.Length.ShouldBeGreaterThan(100);
        }
    }

    [Fact]
    public void HostileTexts_StayTexts()
    {
        Report hostile = SampleReports.HostileHeld();
        RunRow run = _world.End("2026-11-28", RunState.Failed, failure: SampleReports.Hostile + "\n" + SampleReports.Hostile,
            code: "X", score: new JsonObject { ["report"] = JsonNode.Parse(JsonReport.Create(hostile)) });
        Read letter = Letter(run);
        Tags().Matches(letter.Html).Select(tag => tag.Groups["name"].Value.ToLowerInvariant()).Distinct()
            .Except(["html", "head", "meta", "title", "style", "body", "table", "tr", "td", "th", "div", "p", "pre", "img", "h2",
                "code", "a"])
            .ShouldBeEmpty();
        letter.Html.ShouldNotContain("onerror=alert(2)>");
        Sources().Matches(letter.Html).Select(source => source.Groups["to"].Value).ShouldAllBe(
            to => to.StartsWith("cid:") || to == "https://scoring.example.org/runs/app.2026-11-28.r1");
        letter.Text.ShouldNotContain('\u001b');
        letter.Text.ShouldNotContain('\u202e');
    }

    /// <summary>Even with a report of many tables and a log that does not end.</summary>
    [Fact]
    public void LongRun_StaysBelowWhatReadersTake()
    {
        Report report = MorningReports.Ordinary() with
        {
            Warnings = [.. Enumerable.Repeat(new string('w', 500), 200)],
            Decisions = [.. Enumerable.Range(0, 30).Select(i => new ReportTable($"Table {i}", [new("A"), new("B")],
                [.. Enumerable.Repeat(new ReportRow([new string('a', 200), new string('b', 200)]), 30)]))],
        };
        string log = string.Join('\n', Enumerable.Repeat(new string('x', 4_000), 500));
        RunRow run = _world.End("2026-11-28", RunState.Failed, failure: log,
            score: new JsonObject { ["report"] = JsonNode.Parse(JsonReport.Create(report)) });
        Read letter = Letter(run);
        Encoding.UTF8.GetByteCount(letter.Html).ShouldBeInRange(50_000, BatchScoring.Dispatcher.Mail.Letter.MaxHtmlBytes);
        letter.Text.ShouldContain("Table 0");
        letter.Text.ShouldContain("Left out, as the letter would be too long: Table");
        letter.Text.ShouldContain("What to do");
    }

    [Fact]
    public void Retried_EndsAgain_IsToldAgain()
    {
        RunRow run = _world.End("2026-11-28", RunState.Failed, failure: "no");
        _world.Ledger.Write(sql =>
        {
            _world.News.Ended(sql, run, Runs.Steps(sql, run.Id));
            sql.Execute("UPDATE steps SET attempt = 2 WHERE name = 'score'");
            _world.News.Ended(sql, run with { State = RunState.Ok }, Runs.Steps(sql, run.Id));
        });
        _world.Letters().Count.ShouldBe(2);
    }

    public void Dispose() => _world.Dispose();

    private Read Letter(RunRow run)
    {
        OutboxRow row = _world.Letters().First(letter => letter.Run == run.Id);
        var message = MimeMessage.Load(new MemoryStream(_world.Writer.Write(_world.Ledger.Sql, row).Body));
        return new Read(message.Subject.ShouldNotBeNull(), message.TextBody.ShouldNotBeNull(), message.HtmlBody.ShouldNotBeNull(),
            [.. message.BodyParts.OfType<MimePart>().Select(part => part.ContentId).OfType<string>().Order()]);
    }

    /// <summary>What a reader sees of HTML: text, and pictures by their description.</summary>
    private static string Seen(string html)
    {
        string body = html[html.IndexOf("<body", StringComparison.Ordinal)..];
        return System.Net.WebUtility.HtmlDecode(AnyTag().Replace(Described().Replace(body, "<p> ${alt} </p>"), " "));
    }

    private static string Flat(string text) => Space().Replace(text, " ");

    private static string[] Words(string text) => [.. Space().Split(text.Replace('\u00A0', ' '))
        .Select(word => word.Trim('(', ')', '*', '.')).Where(word => word.Any(char.IsLetterOrDigit)).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex AnyTag();

    [GeneratedRegex("""<img [^>]*alt="(?<alt>[^"]*)"[^>]*>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Described();

    [GeneratedRegex("<(?<name>[A-Za-z][A-Za-z0-9]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex("""(src|href)="(?<to>[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Sources();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    private sealed record Read(string Subject, string Text, string Html, IReadOnlyList<string> Pictures);
}
