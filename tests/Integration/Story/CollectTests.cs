using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Finished scores as one file: what people get, and what they are told.</summary>
public sealed class CollectTests : IDisposable
{
    private readonly ScoresBench _bench = new();

    [Fact]
    public async Task Collect_ARange_HasEveryDateOnce_AndTellsWhichHaveNone()
    {
        await _bench.PublishAsync("2026-11-20", 1, ScoreRoot.Rows("range", "range / 10", "range(1, 3)"));
        await _bench.PublishAsync("2026-11-21", 1, ScoreRoot.Rows("range", "0.1", "range(9)"));
        await _bench.PublishAsync("2026-11-21", 2, ScoreRoot.Rows("range", "0.5", "range(1)"));
        await _bench.PublishAsync("2026-11-23", 1, ScoreRoot.Rows("range", "0.7", "range(1)").Replace(" FROM", ", 4.5::FLOAT AS income FROM"));

        ProgramResult result = _bench.Run("collect", "--from", "2026-11-20", "--to", "2026-11-24", "--output", "all.csv", "--format", "json");

        File.ReadAllText(_bench.File("all.csv")).ShouldBe("""
            run_date,ID,score,RawFormulaVal,model_version,income
            2026-11-20,1,0.1,-0.30000000000000004,m1a2b3c4d5e6,
            2026-11-20,2,0.2,-0.6000000000000001,m1a2b3c4d5e6,
            2026-11-21,0,0.5,-1.5,m1a2b3c4d5e6,
            2026-11-23,0,0.7,-2.1,m1a2b3c4d5e6,4.5

            """);
        JsonNode json = JsonNode.Parse(result.ShouldExitWith(0).Output)!;
        json["missing"]!.AsArray().Select(date => (string?)date).ShouldBe(["2026-11-22", "2026-11-24"]);
        json["datasets"]!.AsArray().Select(dataset => (int)dataset!["revision"]!).ShouldBe([1, 2, 1]);
        _bench.Run("collect", "--from", "2026-11-20", "--to", "2026-11-24", "--output", "all.csv").ShouldExitWith(0)
            .Output.ShouldContain("no finished scores on 2026-11-22, 2026-11-24");
        _bench.Run("collect", "--from", "2026-11-24", "--to", "2026-11-25", "--output", "no.csv").ShouldExitWith(65)
            .Errors.ShouldContain("DATASET_NOT_FOUND");
    }

    [Theory]
    [InlineData("--date", "2026-11-21")]
    [InlineData("--from", "2026-11-20", "--to", "2026-11-21")]
    public async Task Collect_WhileAReplacementIsAboutToBeSealed_SaysTryAgain_AndLeavesNothing(params string[] dates)
    {
        await _bench.PublishAsync("2026-11-20", 1, ScoreRoot.Rows("range", "0.1", "range(9)"));
        await _bench.PublishAsync("2026-11-21", 1, ScoreRoot.Rows("range", "0.1", "range(9)"));
        await _bench.PublishAsync("2026-11-21", 2, ScoreRoot.Rows("range", "0.1", "range(9)"));
        await _bench.UnsealAsync("2026-11-21", 2);

        _bench.Run(["collect", .. dates, "--output", "x.xlsx"]).ShouldExitWith(75).Errors.ShouldContain("DATASET_PUBLISHING");

        Directory.GetFiles(_bench.File("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task ForSpreadsheet_NoTextIsAFormula_AndEveryOneComesBack()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, ScoreRoot.Rows("unnest", "-0.25", $"unnest({DuckSql.Literals(ScoresBench.OddKeys)})"));

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.csv", "--for-spreadsheet", "--delimiter", ";", "--decimal-comma").ShouldExitWith(0);

        byte[] bytes = await File.ReadAllBytesAsync(_bench.File("x.csv"));
        bytes.Take(3).ShouldBe(Encoding.UTF8.GetPreamble());
        List<string[]> rows = CsvText.Parse(Encoding.UTF8.GetString(bytes.AsSpan(3)), ';');
        rows[0].ShouldBe(["ID", "score", "RawFormulaVal", "model_version"]);
        string[] cells = [.. rows.Skip(1).Select(row => row[0])];
        cells.Where(cell => cell.Length > 0 && "=+-@\t\r\n＝".Contains(cell[0])).ShouldBeEmpty();
        cells.Select(cell => cell.StartsWith('\'') ? cell[1..] : cell).ShouldBe(ScoresBench.OddKeys);
        rows.Skip(1).Select(row => row[1]).Distinct().ShouldBe(["-0,25"], "a number stays one");
    }

    [Fact]
    public async Task Numbers_AsCsvAndForASpreadsheet_AreReadBackToTheBit()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, ScoreRoot.Rows("range", "sqrt(hash(range)) / 3e9 - 0.7", "range(5000)"));

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "plain.csv").ShouldExitWith(0);
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "sheet.csv", "--for-spreadsheet").ShouldExitWith(0);
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "p", "--as", "parquet").ShouldExitWith(0);

        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        foreach (string file in new[] { "plain.csv", "sheet.csv" })
        {
            duck.Query($"SELECT count(*) FROM read_csv({DuckSql.File(_bench.File(file))}, types = {{'score': 'DOUBLE', 'RawFormulaVal': 'DOUBLE'}}) a " +
                $"JOIN read_parquet({DuckSql.File(_bench.File("p"))}) b ON a.ID = b.ID AND a.score = b.score AND a.\"RawFormulaVal\" = b.\"RawFormulaVal\"")
                .Scalar<long>().ShouldBe(5000, file);
        }
    }

    [Theory]
    [InlineData("--for-spreadsheet is about CSV", "x.xlsx", "--for-spreadsheet")]
    [InlineData("belong to --for-spreadsheet", "x.csv", "--delimiter", ";")]
    [InlineData("the comma cannot stand between cells as well", "x.csv", "--for-spreadsheet", "--decimal-comma")]
    [InlineData("--one-sheet is about workbooks", "x.csv", "--one-sheet")]
    [InlineData(".csv or .parquet or .xlsx", "x.xls")]
    [InlineData("it must be csv or parquet or xlsx", "x", "--as", "xls")]
    public void Collect_OptionsThatDoNotGoTogether_AreRefused(string says, string output, params string[] more) =>
        _bench.Run(["collect", "--date", ScoresBench.Date, "--output", output, .. more]).ShouldExitWith(64).Errors.ShouldContain(says);

    [Fact]
    public async Task Collect_ARangeWhoseScoresHaveADateColumn_IsRefused()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, "SELECT 1 AS ID, 2 AS Run_Date");

        _bench.Run("collect", "--from", ScoresBench.Date, "--to", ScoresBench.Date, "--output", "x.csv").ShouldExitWith(64)
            .Errors.ShouldContain("a column run_date of its own");
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.csv").ShouldExitWith(0);
    }

    [SkippableFact]
    public async Task Collect_FromS3AndFromAFolder_GivesTheSame()
    {
        using var remote = new ScoresBench(S3Server.Require().NewRoot());
        string[] parts = [ScoreRoot.Rows("range", "range / 7", "range(1, 3000)"), ScoreRoot.Rows("range", "range / 9", "range(3000, 6000)")];
        foreach (ScoresBench bench in new[] { _bench, remote })
        {
            await bench.PublishAsync(ScoresBench.Date, 1, [.. parts]);
            bench.Run("collect", "--from", "2026-11-20", "--to", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);
            bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.csv").ShouldExitWith(0);
        }

        (await File.ReadAllTextAsync(remote.File("x.csv"))).ShouldBe(await File.ReadAllTextAsync(_bench.File("x.csv")));
        (await SheetAsync(remote)).ShouldBe(await SheetAsync(_bench));

        // The other sheet names the manifests, which have names of parts of their own.
        static async Task<string> SheetAsync(ScoresBench bench)
        {
            using ZipArchive zip = ZipFile.OpenRead(bench.File("x.xlsx"));
            using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
            return await sheet.ReadToEndAsync();
        }
    }

    public void Dispose() => _bench.Dispose();
}
