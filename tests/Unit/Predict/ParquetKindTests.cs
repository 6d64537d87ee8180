using System.Text;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Predict;

/// <summary>Further Parquet files of the kinds in tests/data/cases, with the models of the cases.</summary>
public sealed class ParquetKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    /// <summary>As "p14-names-invented": DuckDB renames what differs in case only, and its names are not the file's.</summary>
    [Theory]
    [InlineData("A_1", "a", "A", "A_1")]
    [InlineData("A_1", "A_1", "A", "a")]
    [InlineData("A_1", "A", "A_1", "a_1", "A_1_1")]
    [InlineData("A_1", "a", "A", "a_1", "A_1")]
    public void Run_NamesThatDifferByCase_TakesTheFilesOwn(string wanted, params string[] names)
    {
        TestColumn[] columns = [.. names.Select(name => TestColumn.Doubles(name, [name == wanted ? 35.0 : 0.0]))];
        File.WriteAllBytes(_folder.File("in.parquet"), TestParquet.Write(10, columns));

        string expected = Answers("p14-names-invented/m.cbm", Write("alone.parquet", "select 35.0::double as \"A_1\""));
        Answers("p14-names-invented/m.cbm", _folder.File("in.parquet")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("select 1.0::float as x, 7 as file_row_number")]
    [InlineData("select 1.0::float as x, 'a' as FILE_ROW_NUMBER")]
    [InlineData("select 1.0::float as x, 3 as filename, 4 as file_index")]
    public void Run_ColumnNamedAsDuckDbNamesItsOwn_IsAColumnLikeOthers(string sql)
    {
        string expected = Answers("p14-reserved-name/m.cbm", Write("plain.parquet", "select 1.0::float as x"));

        Answers("p14-reserved-name/m.cbm", Write("in.parquet", sql)).ShouldBe(expected);
    }

    /// <summary>As "p-glob-in-file-name": a path means one file.</summary>
    [Theory]
    [InlineData("*.parquet")]
    [InlineData("part-?.parquet")]
    [InlineData("part-{0,1}.parquet")]
    [InlineData("[a-z]*.parquet")]
    [InlineData("it's [0].parquet")]
    public void Run_FileNamedLikeAPattern_ReadsThatFileAlone(string name)
    {
        Write("part-0.parquet", "select 'no' as k, 0.0::double as v");
        string path = Write(name, "select 'yes' as k, 7.0::double as v");
        string expected = Answers("p-glob-in-file-name/m.cbm", Write("plain.parquet", "select 'yes' as k, 7.0::double as v"), "k");

        foreach (ReaderChoice reader in new[] { ReaderChoice.Auto, ReaderChoice.DuckDb })
            Answers("p-glob-in-file-name/m.cbm", path, "k", reader).ShouldBe(expected);
    }

    /// <summary>As "p11-message-without-column": where both readers fail, column and encoding or codec are named.</summary>
    [Theory]
    [InlineData(11, 0, "column v: its encoding is number 11")]
    [InlineData(20, 0, "column v: its encoding is number 20")]
    [InlineData(0, 3, "column v: its compression is LZO")]
    [InlineData(0, 9, "column v: its compression is")]
    public void Run_PagesThatNobodyReads_NamesColumnAndReason(int encoding, int codec, string says)
    {
        File.WriteAllBytes(_folder.File("in.parquet"), TestParquet.Write(10, TestColumn.Integers("id", [1, 2]),
            TestColumn.Floats("v", [1, 2]) with { Encoding = (TestEncoding)encoding, Codec = codec }));

        BatchScoringException error = Refused("p15-key-error-without-file/m.cbm", _folder.File("in.parquet"), "id");

        error.Code.ShouldBe("INPUT_UNSUPPORTED", error.Message);
        error.Message.ShouldContain("in.parquet");
        error.Message.ShouldContain(says);
        error.Message.ShouldNotContain("Stack");
    }

    /// <summary>As "p17-decimal-without-scale": the schema of one column must not cost the message its name.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(18)]
    public void Run_DecimalWithoutScale_IsNamedAndNotCalledCorrupt(int precision)
    {
        File.WriteAllBytes(_folder.File("in.parquet"), TestParquet.Write(10, TestColumn.Floats("v", [1, 2]),
            TestColumn.Decimals("noscale", precision, null, [1, 2]), TestColumn.Decimals("fine", precision, 0, [1, 2])));

        BatchScoringException error = Refused("p17-decimal-without-scale/m.cbm", _folder.File("in.parquet"));

        (error.Code, error.ExitCode).ShouldBe(("INPUT_UNSUPPORTED", ExitCode.InputUnusable));
        error.Message.ShouldContain("column noscale");
    }

    /// <summary>As "d1-binary-text": bytes without a word on what they are, in any page.</summary>
    [Theory]
    [InlineData(TestEncoding.Plain, 0)]
    [InlineData(TestEncoding.RleDictionary, 1)]
    [InlineData(TestEncoding.PlainDictionary, 2)]
    public void Run_TextsWithoutAnnotation_AreTheSameCategories(TestEncoding encoding, int codec)
    {
        byte[]?[] texts = ["EU"u8.ToArray(), "US"u8.ToArray(), "Süd"u8.ToArray(), ""u8.ToArray(), "EU"u8.ToArray()];
        string annotated = Category("utf8.parquet", TestColumn.OfTexts("region", texts));
        string plain = Category("bytes.parquet",
            TestColumn.OfTexts("region", texts) with { Converted = null, Encoding = encoding, Codec = codec });

        Answers("e1-invalid-utf8/model.cbm", plain).ShouldBe(Answers("e1-invalid-utf8/model.cbm", annotated));
    }

    /// <summary>As "p16-predict-ignores-memory": the limit is DuckDB's, and what DuckDB advises nobody can do is left out.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(200)]
    public void Run_LittleMemory_IsTheLimitThatWasAskedFor(int memory)
    {
        string folder = Repository.Data("cases", "p16-predict-ignores-memory");
        BatchScoringException error = Should.Throw<BatchScoringException>(() =>
            Run(Options(Path.Combine(folder, "m.cbm"), Path.Combine(folder, "in.parquet"), null) with { MemoryMiB = memory }));

        error.Code.ShouldBe("TASK_MEMORY");
        error.Message.ShouldContain(FormattableString.Invariant($"/{memory}.0 MiB used"));
        error.Message.ShouldNotContain("temp_directory");
        error.Message.ShouldNotContain("persistent storage");
    }

    /// <summary>As "p15-duckdb-stack-trace": encrypted in three ways.</summary>
    [Theory]
    [InlineData("PARE", false)]
    [InlineData("PAR1", true)]
    public void Run_EncryptedFooter_SaysSo(string magic, bool isCut)
    {
        string path = Write("in.parquet", "select 1.0::float as x");
        byte[] bytes = File.ReadAllBytes(path);
        Encoding.ASCII.GetBytes(magic).CopyTo(bytes, bytes.Length - 4);
        if (isCut) bytes[^6] = 0xFF; // a footer of megabytes, which is not there
        File.WriteAllBytes(path, bytes);

        string message = Refused("p14-reserved-name/m.cbm", path).Message;

        message.ShouldContain(isCut ? "cannot be read" : "is encrypted");
        message.ShouldNotContain("INTERNAL");
        message.Length.ShouldBeLessThan(400);
    }

    private static BatchScoringException Refused(string model, string input, string? key = null) =>
        Should.Throw<BatchScoringException>(() => Answers(model, input, key));

    /// <returns>The lines behind the header.</returns>
    private static string Answers(string model, string input, string? key = null, ReaderChoice reader = ReaderChoice.Auto) =>
        Run(Options(Repository.Data("cases", model), input, key) with { Reader = reader });

    private static PredictOptions Options(string model, string input, string? key) =>
        new() { Model = model, Input = input, Output = PredictJob.Standard, Key = key };

    private static string Run(PredictOptions options)
    {
        using MemoryStream output = new();
        new PredictJob(options, output).Run(CancellationToken.None);
        return string.Join('\n', Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n').Skip(1));
    }

    private string Category(string name, TestColumn texts)
    {
        File.WriteAllBytes(_folder.File(name), TestParquet.Write(10, TestColumn.Floats("x", texts.Values.Select(_ => (float?)1)), texts));
        return _folder.File(name);
    }

    private string Write(string name, string sql)
    {
        using DuckConnection connection = _database.Connect();
        connection.Execute($"copy ({sql}) to {DuckSql.Literal(_folder.File(name))} (format parquet)");
        return _folder.File(name);
    }
}
