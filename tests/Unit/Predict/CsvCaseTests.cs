using System.Text;
using BatchScoring.Core;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Predict;

/// <summary>Text tables that were once answered wrong or refused, and others of their kinds.</summary>
public sealed class CsvCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s2-mixed-line-ends", "rows.csv", "id,RawFormulaVal\n1,0\n4,1\n7,1\n")]
    [InlineData("c5-tsv-rows-merged", "rows.tsv", "id,RawFormulaVal\n1,1\n2,0\n3,1\n")]
    [InlineData("s7-empty-column-name", "rows.csv", "id,RawFormulaVal\na,1\nb,0\n")]
    public void Predict_Cases_AreAnswered(string id, string rows, string expected) =>
        Predict(Repository.Data("cases", id, rows)).ShouldBe(expected);

    [Theory]
    [InlineData("s4-utf16-header", "rows.csv", "INPUT_ENCODING", "byte order mark of UTF-16")]
    [InlineData("s4-nul-header", "rows.csv", "INPUT_ENCODING", "line 1 has a zero byte at offset 1, as UTF-16")]
    [InlineData("s5-header-text-after-quote", "rows.csv", "INPUT_QUOTES",
        "rows.csv, line 1 (byte 8): text ('b') follows the quote that ends a cell")]
    [InlineData("s7-extra-empty-cells", "rows.csv", "INPUT_ROW_WIDTH", "rows.csv, line 2: the row has 4 cells; allowed are 3")]
    [InlineData("s5-semicolon-hint", "rows.csv", "INPUT_COLUMNS_MISSING", "semicolons stood between its cells: say --delimiter ';'")]
    [InlineData("s3-invisible-characters", "rows.csv", "INPUT_COLUMNS_MISSING", "It has: <U+FEFF>id, v.")]
    [InlineData("s3-invisible-characters", "cell.csv", "NUMBER_UNREADABLE", "'<U+FEFF>1' is not a number")]
    public void Predict_Cases_AreRefusedByName(string id, string rows, string code, string message)
    {
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Predict(Repository.Data("cases", id, rows)));
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(message);
    }

    /// <summary>Packed files are read, and not only told what they are.</summary>
    [Fact]
    public void Predict_S8_ReadsWhatGzipHasPacked()
    {
        Predict(Repository.Data("cases", "s8-compressed-csv-message", "rows.csv.gz")).ShouldBe("id,RawFormulaVal\n1,1\n2,0\n");
        Should.Throw<BatchScoringException>(() =>
            Predict(File("rows.xlsx.csv", [0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8]))).Message.ShouldContain("zip archive");
        Should.Throw<BatchScoringException>(() =>
            Predict(File("rows.zst.csv", [0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1, 2]))).Message.ShouldContain("zstd");
        byte[] cut = System.IO.File.ReadAllBytes(Repository.Data("cases", "s8-compressed-csv-message", "rows.csv.gz"))[..^1];
        Should.Throw<BatchScoringException>(() => Predict(File("cut.csv.gz", cut))).Message.ShouldContain("cut or damaged");
    }

    /// <summary>"s2-large-quoted-newlines", smaller: what looks like a row in quotes is none, whatever the number of threads.</summary>
    [Fact]
    public void Predict_QuotedRowsInALargeFile_AreText()
    {
        var text = new StringBuilder("id,v,t\n");
        const int rows = 150_000;
        for (int i = 0; i < rows; i++)
            text.Append(i.ToString("00000000")).Append(i % 2 == 0 ? ",0,\"a\n" : ",1,\"a\n").Append("10000000,1,b\n20000000,0,c\"\n");
        string file = File("rows.csv", Encoding.UTF8.GetBytes(text.ToString()));
        string[] answers = [.. new[] { 1, 2, 3 }.Select(threads => Predict(file, threads))];
        answers[0].Count(letter => letter == '\n').ShouldBe(rows + 1);
        answers[0].ShouldEndWith("00149998,0\n00149999,1\n");
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
    }

    /// <summary>"s2-long-cell", as its make.py makes it.</summary>
    [Fact]
    public void Predict_LongCellThatIsNotUsed_IsPassedOver()
    {
        string note = string.Concat(Enumerable.Repeat("abcdefghi\n", 220_000));
        Predict(File("rows.csv", Encoding.UTF8.GetBytes($"id,v,t\n1,1,\"{note}\"\n2,0,x\n"))).ShouldBe("id,RawFormulaVal\n1,1\n2,0\n");
        string message = Should.Throw<BatchScoringException>(() =>
            Predict(File("long.csv", Encoding.UTF8.GetBytes($"id,v,t\n1,1,\"{string.Concat(Enumerable.Repeat(note, 8))}\"\n")))).Message;
        message.ShouldContain("line 2 (byte 11): a cell has more than 16 MiB");
        message.Length.ShouldBeLessThan(400);
    }

    [Theory]
    [InlineData("id,v\r1,1\r2,0", "1,1\n2,0\n")]
    [InlineData("id,v\r\n1,1\n\n2,0\r\r\n", "1,1\n2,0\n")]
    [InlineData("\n id,id,v\n 1,1,1\n", "1,1\n")]
    [InlineData("id,v,\"a\r\nb\"\n1,1,\n", "1,1\n")]
    [InlineData("\uFEFFid,v\n1,\" 1\"\n", null)]
    [InlineData("id,v\n1,1,\n", null)]
    [InlineData("id,v\n1\n", null)]
    [InlineData("id,v\n1,\"1\n", null)]
    [InlineData("id,v\n\"1\" ,1\n", null)]
    [InlineData("id,v,v\n1,1,1\n", null)]
    public void Predict_OthersOfTheirKinds_AreAnsweredOrRefused(string text, string? expected)
    {
        string file = File("rows.csv", Encoding.UTF8.GetBytes(text));
        if (expected is not null) Predict(file).ShouldBe("id,RawFormulaVal\n" + expected);
        else Should.Throw<BatchScoringException>(() => Predict(file)).ExitCode.ShouldBe(ExitCode.InputUnusable);
    }

    private static string Predict(string input, int threads = 1)
    {
        using var output = new MemoryStream();
        string model = Path.Combine(Path.GetDirectoryName(input)!, "model.cbm");
        new PredictJob(new PredictOptions
        {
            Model = System.IO.File.Exists(model) ? model : Repository.Data("cases", "s2-long-cell", "model.cbm"),
            Input = input,
            Output = PredictJob.Standard,
            Key = "id",
            Threads = threads,
        }, output).Run(CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private string File(string name, byte[] bytes)
    {
        string file = _folder.File(name);
        System.IO.File.WriteAllBytes(file, bytes);
        return file;
    }
}
