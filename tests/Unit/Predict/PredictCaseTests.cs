using System.Text;
using BatchScoring.Core;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Predict;

/// <summary>Input that <c>predict</c> once answered wrong, left out, or refused with the wrong words; and more of its kinds.</summary>
public sealed class PredictCaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TextBetweenTwoFloats_GoesByWayOfDouble() =>
        Answers("c12-text-double-rounding", "model.cbm", "rows.csv").ShouldBe(["a,0", "b,1", "c,0"]);

    [Fact]
    public void Run_ModelWithSomeNames_BindsNumbersByName() =>
        Answers("c3-half-named", "model.cbm", "rows.csv").ShouldBe(["r,1", "s,10"]);

    [Fact]
    public void Run_FeatureWithoutAName_IsTheColumnWithoutAName() =>
        Answers("d1-empty-feature-name", "model.cbm", "rows.csv", key: null)
            .ShouldBe(["5.409236601936694", "-0.49949690174691763", "-4.153120393673203", "3.7369693350122746"]);

    [Fact]
    public void Run_ModelWithoutNamesAndFilesOfAnotherOrder_TakesTheFirstFilesOrder() =>
        Answers("e1-order-by-file", "model.cbm", "in").ShouldBe(["1,301", "2,402", "3,301", "4,402"]);

    [Fact]
    public void Run_FolderOfFilesWithOtherEndings_ReadsThemAll()
    {
        Answers("o7-folder-skips-files", "m.cbm", "in").Length.ShouldBe(6);
        Answers("o7-folder-skips-files", "m.cbm", "in/000001_0").Length.ShouldBe(2);
        Answers("o7-folder-skips-files", "m.cbm", "in/*").Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("readme.txt", "readme.txt")]
    [InlineData("more/notes", "notes")]
    [InlineData("rows.csv", "rows.csv")]
    public void Run_FolderWithSomethingElse_NamesIt(string name, string named)
    {
        string copy = Copy("o7-folder-skips-files");
        string file = Path.Combine(copy, "in", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "f,id\n1,2\n");
        BatchScoringException error = Refused(copy, "m.cbm", "in");
        error.Code.ShouldBe("INPUT_NO_TABLE");
        error.Message.ShouldContain(named);
    }

    [Fact]
    public void Run_FolderWithHiddenFiles_PassesThemOver()
    {
        string copy = Copy("o7-folder-skips-files");
        foreach (string hidden in new[] { "_SUCCESS", ".part.crc", "_temporary/x", ".tmp/y" })
        {
            string file = Path.Combine(copy, "in", hidden);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "no data");
        }

        Answers(copy, "m.cbm", "in").Length.ShouldBe(6);
    }

    [Fact]
    public void Run_FolderOfCsvFiles_SaysWhatItHolds() =>
        Refused(Case("e1-folder-without-parquet"), "model.cbm", "in").Message.ShouldContain("holds 2 CSV files and no Parquet file");

    [Fact]
    public void Run_ColumnThatIsAFolderOfThePath_IsExplained() =>
        Refused(Case("e1-partition-column"), "model.cbm", "in").Message.ShouldContain("region is a folder of the path (region=EU)");

    [Fact]
    public void Run_DeltaTable_IsReadByItsLog() =>
        Run(Options(Case("e1-table-format-folder"), "model.cbm", "clients", "id"), []).ShouldBe(["1,1", "3,9"]);

    [Theory]
    [InlineData("clients/*.parquet")]
    [InlineData("clients/part-00000-8a6d99ab-4644-4d00-9a4c-a37414cc2bf3-c000.zstd.parquet")]
    public void Run_FilesOfADeltaTable_AreRefused(string input) =>
        Refused(Case("e1-table-format-folder"), "model.cbm", input).Code.ShouldBe("INPUT_TABLE_FORMAT");

    [Theory]
    [InlineData("metadata/v1.metadata.json", "Iceberg")]
    [InlineData(".hoodie/hoodie.properties", "Hudi")]
    public void Run_TableOfAnotherFormat_IsRefused(string file, string format)
    {
        string copy = Copy("o7-folder-skips-files");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, "in", file))!);
        File.WriteAllText(Path.Combine(copy, "in", file), "{}");
        BatchScoringException error = Refused(copy, "m.cbm", "in");
        error.Code.ShouldBe("INPUT_TABLE_FORMAT");
        error.Message.ShouldContain(format);
    }

    [Fact]
    public void Run_Memory_IsDuckDbsLimit()
    {
        string from = Case("p16-predict-ignores-memory");
        BatchScoringException error =
            Should.Throw<BatchScoringException>(() => Run(Options(from, "m.cbm", "in.parquet", null) with { MemoryMiB = 64 }, []));
        error.Message.ShouldNotContain("GiB used");
    }

    [Fact]
    public void Run_BadCellWhenStandardOutputIsWritten_DoesNotSayThatNothingIs()
    {
        string from = Copy("predict-stdout-nothing-written");
        File.WriteAllText(Path.Combine(from, "rows.csv"), "id,v\n" +
            string.Concat(Enumerable.Range(0, 30_000).Select(row => $"{row},1\n")) + "x,abc\n");
        Refused(from, "model.cbm", "rows.csv").Message.ShouldNotContain("Nothing was written");
    }

    [Theory]
    [InlineData("rows.csv", 64, "PREDICT_USAGE")]
    [InlineData("./sub/../rows.csv", 64, "PREDICT_USAGE")]
    [InlineData("link.csv", 64, "PREDICT_USAGE")]
    [InlineData("there.csv", 64, "OUTPUT_EXISTS")]
    public void Run_OutputThatIsThere_Stays(string output, int exit, string code)
    {
        string copy = Copy("nc-output-is-input");
        string input = Path.Combine(copy, "rows.csv");
        string before = File.ReadAllText(input);
        File.WriteAllText(Path.Combine(copy, "there.csv"), "old");
        File.CreateSymbolicLink(Path.Combine(copy, "link.csv"), input);
        PredictOptions options = new()
        {
            Model = Repository.Data("golden/catboost/categorical-onehot/model.cbm"),
            Input = input,
            Output = Path.Combine(copy, output),
            Overwrite = code == "PREDICT_USAGE", // Not even then.
        };
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Run(options, []));
        ((int)error.ExitCode, error.Code).ShouldBe((exit, code));
        File.ReadAllText(input).ShouldBe(before);
        File.ReadAllText(Path.Combine(copy, "there.csv")).ShouldBe("old");
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("cell.csv")]
    public void Run_MarkThatNobodySees_IsSpelledOut(string input) =>
        Refused(Case("s3-invisible-characters"), "model.cbm", input).Message.ShouldContain("<U+FEFF>");

    [Theory]
    [InlineData(";", "semicolons")]
    [InlineData("\t", "tabs")]
    [InlineData("|", "bars")]
    public void Run_FileWithAnotherSeparator_SaysSo(string separator, string named)
    {
        string copy = Copy("s5-semicolon-hint");
        string file = Path.Combine(copy, "rows.csv");
        File.WriteAllText(file, File.ReadAllText(file).Replace(";", separator));
        Refused(copy, "model.cbm", "rows.csv").Message.ShouldContain($"as if {named} stood between its cells");
    }

    [Theory]
    [InlineData("e1-order-by-file", "model.cbm", "in/a.parquet", "1,301 2,402")]
    [InlineData("c3-half-named", "model.cbm", "rows.csv", "r,1 s,10")]
    public void Run_StandardInput_IsReadAsTheFileWouldBe(string id, string model, string file, string expected)
    {
        PredictOptions options = Options(Case(id), model, file, "id") with { Input = "-" };
        string.Join(' ', Run(options, File.ReadAllBytes(Path.Combine(Case(id), file)))).ShouldBe(expected);
    }

    private static string Case(string id) => Repository.Data("cases", id);

    private static string[] Answers(string id, string model, string input, string? key = "id") =>
        Run(Options(Path.IsPathRooted(id) ? id : Case(id), model, input, key), []);

    private static BatchScoringException Refused(string folder, string model, string input) =>
        Should.Throw<BatchScoringException>(() => Run(Options(folder, model, input, "id"), []));

    private static PredictOptions Options(string folder, string model, string input, string? key) =>
        new() { Model = Path.Combine(folder, model), Input = Path.Combine(folder, input), Output = "-", Key = key };

    /// <returns>The lines behind the header.</returns>
    private static string[] Run(PredictOptions options, byte[] standardInput)
    {
        using MemoryStream output = new();
        new PredictJob(options, output) { StandardInput = new MemoryStream(standardInput) }.Run(CancellationToken.None);
        return [.. Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Skip(1)];
    }

    private string Copy(string id)
    {
        foreach (string file in Directory.EnumerateFiles(Case(id), "*", SearchOption.AllDirectories))
        {
            string to = _folder.File(Path.GetRelativePath(Case(id), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return _folder.Path;
    }
}
