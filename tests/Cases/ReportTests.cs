using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Cases;

/// <summary>What evaluate and report say of scores: which way they point, how far they can be trusted, why they are held.</summary>
public sealed class ReportTests
{
    private const string Date = "2026-11-21";

    [Fact]
    public void Score_ModelOfALogarithm_SaysWhatAScoreIsInManifestRecordAndReport()
    {
        using CaseFolder folder = new("c10-score-not-explained");
        ImportLike(folder, "model.cbm", "--key", "id", "--label", "y", "--test-where", "true");

        Succeed(folder, "score", "--date", Date, "--model", "model.cbm").ShouldContain("exp(raw)");

        Succeed(folder, "report", "--date", Date).ShouldContain("Score: Higher = more: the score is the expected value, exp(raw)");
        JsonNode manifest = Json(folder.File("root", "test_sample_inference", $"run_date={Date}", "revision=1", "_manifest.json"));
        ((string)manifest["details"]!["formula"]!).ShouldBe("exp(raw)");
        JsonNode record = Json(folder.File("root", ((string)manifest["attempt_folder"]!), "record.json"));
        record["details"]!.ToJsonString().ShouldBe(manifest["details"]!.ToJsonString());
    }

    /// <summary>The case's model says 0.5, 0.62 … 0.88 of x from 0 to 4; of ties alone the AUC is 0.5.</summary>
    [Theory]
    [InlineData("0,1 1,1 3,0 4,0", true)]
    [InlineData("0,1 1,0 2,1 3,0", true)]
    [InlineData("0,0 1,0 3,1 4,1", false)]
    [InlineData("3,0 3,1 3,0 3,1", false)]
    public void Evaluate_OtherScores_SaysWhichWayTheyPoint(string rows, bool isInverted)
    {
        using CaseFolder folder = new("e1-inverted-score");
        File.WriteAllLines(folder.File("rows.csv"), rows.Split(' ').Select((row, i) => $"{i},{row}").Prepend("id,x,repaid"));
        ImportLike(folder, "model.cbm", "--key", "id", "--label", "repaid", "--test-where", "true");
        Succeed(folder, "score", "--date", Date, "--model", "model.cbm");

        Succeed(folder, "evaluate", "--date", Date).Contains("points the other way", StringComparison.Ordinal).ShouldBe(isInverted);
    }

    [Fact]
    public void Evaluate_ScoreThatPointsTheOtherWay_SaysSo()
    {
        using CaseFolder folder = new("e1-inverted-score");
        ImportLike(folder, "model.cbm", "--key", "id", "--label", "repaid", "--test-where", "true");
        Succeed(folder, "score", "--date", Date, "--model", "model.cbm");

        string evaluated = Succeed(folder, "evaluate", "--date", Date);
        evaluated.ShouldContain("The score points the other way, or 1 does not mean bad in repaid: AUC 0.23 is below 0.5");
        evaluated.ShouldContain("Only 17 goods are known");
        Succeed(folder, "report", "--date", Date).ShouldContain("Mind: The score points the other way");
    }

    [Fact]
    public void Evaluate_CertainAndWrong_SaysInfinityInValidJson()
    {
        using CaseFolder folder = new("m4-infinite-logloss");
        ImportLike(folder, "model.cbm", "--key", "id", "--label", "y", "--test-where", "true");
        Succeed(folder, "score", "--date", Date, "--model", "model.cbm");

        Succeed(folder, "evaluate", "--date", Date).ShouldContain("  Logloss = Infinity\n");
        ((string)JsonNode.Parse(Succeed(folder, "evaluate", "--date", Date, "--format", "json"))!["logloss"]!).ShouldBe("Infinity");
        Succeed(folder, "report", "--date", Date).ShouldContain("Infinity");
        JsonNode.Parse(Succeed(folder, "report", "--date", Date, "--format", "json")).ShouldNotBeNull();
    }

    /// <summary>The case's model is certain of 0 at x = 0 and of 1 at x = 1, and says 0.5 at x = 2.</summary>
    [Theory]
    [InlineData("1,0 0,0 1,1", "\"Infinity\"")]
    [InlineData("0,1 1,0", "\"Infinity\"")]
    [InlineData("0,0 1,1", "0")]
    [InlineData("2,0 2,1", "0.6931471805599453")]
    public void Evaluate_CertainScores_LossIsWhatItIs(string rows, string loss)
    {
        using CaseFolder folder = new("m4-infinite-logloss");
        File.WriteAllLines(folder.File("rows.csv"), rows.Split(' ').Select((row, i) => $"{i},{row}").Prepend("id,x,y"));
        ImportLike(folder, "model.cbm", "--key", "id", "--label", "y", "--test-where", "true");
        Succeed(folder, "score", "--date", Date, "--model", "model.cbm");

        JsonNode.Parse(Succeed(folder, "evaluate", "--date", Date, "--format", "json"))!["logloss"]!.ToJsonString().ShouldBe(loss);
    }

    [Fact]
    public void Report_SixRows_PicksOneCutOffAndWarns()
    {
        using CaseFolder folder = new("nc-ks-tie");
        string model = Repository.Data("golden", "catboost", "categorical-onehot", "model.cbm");
        ImportLike(folder, model, "--key", "ID", "--label", "default.payment.next.month", "--test-share", "0.2");
        Succeed(folder, "score", "--date", Date, "--model", model);
        Succeed(folder, "evaluate", "--date", Date).ShouldContain("fewer than 50");

        string page = Succeed(folder, "report", "--date", Date, "--output", "page.html");
        JsonNode ks = JsonNode.Parse(Succeed(folder, "report", "--date", Date, "--format", "json"))!["report"]!["charts"]!.AsArray()
            .Single(chart => (string)chart!["kind"]! == "roc")!["ks"]!;
        ((double)ks["bads_above"]! - (double)ks["goods_above"]!).ShouldBe((double)ks["value"]!, 1e-12);
        page.ShouldContain(FormattableString.Invariant(
            $"{100 * (double)ks["bads_above"]!:0.0} % of the bads and {100 * (double)ks["goods_above"]!:0.0} %"));
        string svg = File.ReadAllText(folder.File("page.html"));
        Regex.Count(svg, "<text class=\"ink-muted end\"[^>]*>0</text>").ShouldBe(1); // the axis of rows: 0, 1 …
    }

    [Fact]
    public void Report_Held_SaysItOnceAndNamesColumnsAndValues()
    {
        using CaseFolder folder = new("nc-report-held");
        string model = Repository.Data("golden", "catboost", "categorical-onehot", "model.cbm");
        File.WriteAllLines(folder.File("rows.csv"), File.ReadLines(Repository.Data("UCI_Credit_Card.csv")).Take(3000));
        ImportLike(folder, model, "--key", "ID", "--label", "default.payment.next.month", "--test-where", "true");
        folder.Run("score", "--date", Date, "--model", model, "--contract", "contract.json", "--quiet").ExitCode.ShouldBe(4);

        string text = Succeed(folder, "report", "--date", Date, "--output", "held.html");
        text.ShouldContain("HELD: NOTHING WAS PUBLISHED: ");
        text.ShouldNotContain("Held: Held");
        string page = File.ReadAllText(folder.File("held.html"));
        page[0].ShouldBe('<'); // no byte order mark
        page.ShouldContain("EDUCATION");
        page.ShouldContain("rows set aside</h2>");
        page.IndexOf("Rows set aside</h2>", StringComparison.Ordinal)
            .ShouldBeLessThan(page.IndexOf("Bands</h2>", StringComparison.Ordinal));

        foreach (string job in new[] { "collect", "evaluate" })
        {
            ProgramResult after = folder.Run(
                [job, "--date", Date, .. job == "collect" ? ["--output", "scores.csv"] : Array.Empty<string>()]);
            after.ExitCode.ShouldBe(4, after.Errors);
            after.Errors.ShouldContain("SCORES_HELD");
            after.Errors.ShouldNotContain("Score first");
        }

        File.Exists(folder.File("scores.csv")).ShouldBeFalse();
        folder.Run("report", "--date", Date, "--output", "x.pdf").Errors.ShouldContain("OUTPUT_FORMAT");
        folder.Run("report", "--date", Date, "--output", "-").Errors.ShouldContain("OUTPUT_FORMAT");
        File.Exists(folder.File("-")).ShouldBeFalse();

        File.WriteAllText(folder.File("mine.html"), "mine");
        ProgramResult refused = folder.Run("report", "--date", Date, "--output", "mine.html");
        refused.ExitCode.ShouldBe(64);
        refused.Errors.ShouldContain("OUTPUT_EXISTS");
        File.ReadAllText(folder.File("mine.html")).ShouldBe("mine");
        Succeed(folder, "report", "--date", Date, "--output", "mine.html", "--overwrite");
        File.ReadAllText(folder.File("mine.html")).ShouldBe(page);
    }

    private static void ImportLike(CaseFolder folder, string model, params string[] options)
    {
        Succeed(folder, ["import", "rows.csv", "--first-date", Date, "--sample-share", "1", "--like", model, .. options]);
        Succeed(folder, "sample", "--date", Date);
    }

    private static string Succeed(CaseFolder folder, params string[] arguments)
    {
        ProgramResult result = folder.Run([.. arguments, "--quiet"]);
        result.ExitCode.ShouldBe(0, $"{arguments[0]}: {result.Errors}");
        return result.Output;
    }

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;
}
