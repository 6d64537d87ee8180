using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Scores as a workbook, read by Microsoft's SDK for it, which also knows every rule of the format.</summary>
public sealed partial class WorkbookTests : IDisposable
{
    private readonly ScoresBench _bench = new();

    [Fact]
    public async Task Workbook_KeepsToTheFormat_AndHasEveryTextAndNumber()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1,
            ScoreRoot.Rows("unnest", "hash(unnest) / 3e19 - 0.2", $"unnest({DuckSql.Literals(ScoresBench.OddKeys)})"));
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.csv").ShouldExitWith(0);

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0)
            .Output.ShouldContain($"{ScoresBench.OddKeys.Length} rows of");

        using SpreadsheetDocument book = Open("x.xlsx");
        List<object?[]> rows = Rows(book, "scores");
        rows[0].ShouldBe(["ID", "score", "RawFormulaVal", "model_version"]);
        rows.Skip(1).Select(row => row[0]).ShouldBe(ScoresBench.OddKeys);
        string[][] csv = [.. CsvText.Parse(await File.ReadAllTextAsync(_bench.File("x.csv")), ',')];
        rows.Skip(1).Select(row => row[1]).ShouldBe(csv.Skip(1).Select(row => (object?)double.Parse(row[1], CultureInfo.InvariantCulture)));
        List<object?[]> facts = Rows(book, "run");
        facts[0].Zip(facts[1]).ToDictionary(pair => (string)pair.First!, pair => pair.Second).ShouldBe(new Dictionary<string, object?>
        {
            ["run_date"] = new DateOnly(2026, 11, 21),
            ["revision"] = 1.0,
            ["rows"] = (double)ScoresBench.OddKeys.Length,
            ["model"] = "cards",
            ["model_version"] = "m1a2b3c4d5e6",
            ["model_sha256"] = new string('a', 64),
            ["manifest_sha256"] = (await File.ReadAllTextAsync(_bench.File($"bank/test_sample_inference/run_date={ScoresBench.Date}/revision=1/_SUCCESS"))).Trim(),
            ["content"] = $"{new string('0', 32)}:{ScoresBench.OddKeys.Length}",
            ["published"] = "2026-11-21T06:00:00Z",
            ["run"] = "score-2026-11-21-r1",
            ["program"] = "tests 1.0",
        }, ignoreOrder: true);
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0).Output.ShouldContain("nothing done");
    }

    [Fact]
    public async Task Workbook_OfEveryType_SaysWhatASpreadsheetCanHold()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, """
            SELECT 123456789012345678 AS ID, 9007199254740992 AS most, -9007199254740993 AS beyond, 18446744073709551615::UBIGINT AS big, 7::UTINYINT AS tiny,
                0.1::FLOAT AS half, 12.5::DECIMAL(10,2) AS money, 1.00000000000000000001::DECIMAL(30,20) AS exact, true AS yes, DATE '2026-11-21' AS day,
                DATE '1900-02-28' AS early, TIMESTAMP '2026-11-21 01:02:03.123456' AS moment, 'NaN'::DOUBLE AS none, '-Infinity'::DOUBLE AS low,
                'Infinity'::FLOAT AS high, NULL::DOUBLE AS gone, '' AS blank, 5e-324 AS least, -0.0::DOUBLE AS zero
            """);

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);

        using SpreadsheetDocument book = Open("x.xlsx");
        Rows(book, "scores")[1].ShouldBe(["123456789012345678", 9007199254740992.0, "-9007199254740993", "18446744073709551615", 7.0, 0.1, 12.5,
            "1.00000000000000000001", true, new DateOnly(2026, 11, 21), "1900-02-28", "2026-11-21 01:02:03.123456", "NaN", "-Infinity", "Infinity", null, "",
            5e-324, -0.0]);
    }

    [Fact]
    public async Task Workbook_OfMoreRowsThanASheetHas_GoesOnInAnother_OrIsRefused()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, "SELECT range AS ID, range % 7 AS score FROM range(1048575)", "SELECT 1048575 AS ID, 5::BIGINT AS score");

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx", "--one-sheet").ShouldExitWith(65)
            .Errors.ShouldContain("SPREADSHEET_LIMIT");
        File.Exists(_bench.File("x.xlsx")).ShouldBeFalse();
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);

        using ZipArchive zip = ZipFile.OpenRead(_bench.File("x.xlsx"));
        using (var first = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open()))
            RowTags().Count(await first.ReadToEndAsync()).ShouldBe(1_048_576);
        using var book = SpreadsheetDocument.Open(_bench.File("x.xlsx"), isEditable: false);
        Rows(book, "scores 2").ShouldBe([["ID", "score"], ["1048575", 5.0]]);
        Rows(book, "run").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Workbook_OfAnEmptyDateInARange_HasItsHeaderAndFacts()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, "SELECT 'a' AS ID, 0.5::DOUBLE AS score WHERE false");

        _bench.Run("collect", "--from", "2026-11-20", "--to", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);

        using SpreadsheetDocument book = Open("x.xlsx");
        Rows(book, "scores").ShouldBe([["run_date", "ID", "score"]]);
        Rows(book, "run").Skip(1).Select(row => row.Take(3)).ShouldBe([[new DateOnly(2026, 11, 21), 1.0, 0.0], [new DateOnly(2026, 11, 20), "no finished scores"]]);
    }

    [Fact]
    public async Task Workbook_TextLongerThanACell_IsRefused_AndLeavesNothing()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, "SELECT 'a' AS ID, repeat('x', 32768) AS note");

        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(65).Errors
            .ShouldContain("Row 1 has a text of 32,768 letters in 'note'");

        Directory.GetFiles(_bench.File("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Workbook_ToStandardOutput_IsTheFile_AndTheTellingGoesElsewhere()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, ScoreRoot.Rows("range", "0.5", "range(100)"));
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);

        using System.Diagnostics.Process process = BuiltProgram.BatchScore.Start(
            _bench.File(""), _bench.Environment, "collect", "--date", ScoresBench.Date, "--output", "-", "--as", "xlsx", "--quiet");
        using MemoryStream printed = new();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(printed);
        await process.WaitForExitAsync();

        printed.ToArray().ShouldBe(await File.ReadAllBytesAsync(_bench.File("x.xlsx")));
        (await errors).ShouldContain("printed 100 rows of");
    }

    private SpreadsheetDocument Open(string file)
    {
        var book = SpreadsheetDocument.Open(_bench.File(file), isEditable: false);
        new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(book)
            .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}").ShouldBeEmpty();
        return book;
    }

    private static List<object?[]> Rows(SpreadsheetDocument book, string sheet)
    {
        string id = book.WorkbookPart!.Workbook.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().Single(one => one.Name == sheet).Id!;
        var part = (WorksheetPart)book.WorkbookPart.GetPartById(id);
        List<object?[]> rows = [];
        foreach (Row row in part.Worksheet.Descendants<Row>())
        {
            row.RowIndex!.Value.ShouldBe((uint)rows.Count + 1);
            List<object?> cells = [];
            foreach (Cell cell in row.Elements<Cell>())
            {
                int column = Column(cell.CellReference!.Value!);
                while (cells.Count < column) cells.Add(null);
                cells.Add(Value(cell));
            }

            rows.Add([.. cells]);
        }

        return rows;
    }

    private static object Value(Cell cell)
    {
        if (cell.DataType?.Value == CellValues.InlineString)
            return Escaped().Replace(cell.InlineString!.InnerText, match => ((char)int.Parse(match.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        string text = cell.CellValue!.Text;
        if (cell.DataType?.Value == CellValues.Boolean) return text == "1";
        double number = double.Parse(text, CultureInfo.InvariantCulture);
        return cell.StyleIndex?.Value == 1 ? DateOnly.FromDateTime(DateTime.FromOADate(number)) : number;
    }

    private static int Column(string reference) =>
        reference.TakeWhile(char.IsAsciiLetter).Aggregate(0, (number, letter) => (number * 26) + letter - 'A' + 1) - 1;

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.ExplicitCapture)]
    private static partial Regex Escaped();

    [GeneratedRegex("<row ")]
    private static partial Regex RowTags();

    public void Dispose() => _bench.Dispose();
}
