using System.Globalization;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Cases;

/// <summary>Parquet files that were read wrong, refused, or refused without a word on why.</summary>
public sealed class ParquetTests
{
    [Fact]
    public void Predict_TextsUnderAFalseCheckSum_NamesTheColumn()
    {
        using CaseFolder folder = new("p-page-crc-unseen");

        Scores(folder, "m.cbm", "good.parquet").ShouldBe(["1", "2", "1", "3"]);
        string error = Refuse(folder, "m.cbm", "in.parquet");

        error.ShouldContain("INPUT_CORRUPT");
        error.ShouldContain("column c");
    }

    [Fact]
    public void Predict_ColumnsThatDifferByCase_TakesTheFilesOwn()
    {
        using CaseFolder folder = new("p14-names-invented");

        Scores(folder, "m.cbm", "in.parquet").ShouldBe(["3", "3", "3"]);
    }

    [Fact]
    public void Predict_ColumnNamedAsRowsAreNumbered_IsReadWhereNobodyNeedsIt()
    {
        using CaseFolder folder = new("p14-reserved-name");

        folder.Run("predict", "--model", "m.cbm", "--input", "in.parquet", "--output", "-", "--quiet").ShouldExitWith(0).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].ShouldBe(["0", "1"]);
    }

    [Fact]
    public void Predict_EncryptedFile_SaysSoInOneSentence()
    {
        using CaseFolder folder = new("p15-duckdb-stack-trace");

        string error = folder.Run("predict", "--model", "m.cbm", "--input", "in.parquet", "--output", "-", "--quiet")
            .ShouldExitWith(65).Errors;

        error.ShouldContain("in.parquet is encrypted");
        error.ShouldNotContain("Stack Trace");
        error.ShouldNotContain("INTERNAL");
    }

    [Fact]
    public void Score_FileThatDuckDbRefuses_NamesTheReasonAsPredictDoes()
    {
        using CaseFolder folder = new("p17-decimal-without-scale");
        string sample = folder.File("root", "test_sample", "run_date=2026-11-21");
        Directory.CreateDirectory(sample);
        File.Copy(folder.File("in.parquet"), Path.Combine(sample, "in.parquet"));

        string error = folder.Run("score", "--date", "2026-11-21", "--model", "m.cbm", "--key", "id", "--unsealed", "--quiet")
            .ShouldExitWith(65).Errors;

        error.ShouldContain("error INPUT_UNSUPPORTED: ");
        error.ShouldContain("column noscale");
    }

    [Fact]
    public void Predict_IntegersInByteStreamSplit_AreRead()
    {
        using CaseFolder folder = new("p11-message-without-column");

        Scores(folder, "m.cbm", "in.parquet").Length.ShouldBe(8);
        folder.Run("inspect", "in.parquet").ShouldExitWith(0).Output.ShouldNotContain("PARQUET_ENCODING");
    }

    [Fact]
    public void Predict_DecimalWithoutScale_NamesTheColumnAndDoesNotCallItCorrupt()
    {
        using CaseFolder folder = new("p17-decimal-without-scale");

        string error = Refuse(folder, "m.cbm", "in.parquet");

        error.ShouldContain("INPUT_UNSUPPORTED");
        error.ShouldContain("noscale");
    }

    [Fact]
    public void Predict_Decimals_AreRoundedToDoubleAndThenToFloat()
    {
        using CaseFolder folder = new("p17-decimal-rounded-twice");

        Scores(folder, "m.cbm", "in.parquet").ShouldBe(["1", "2", "0"]);
    }

    [Fact]
    public void Predict_DecimalOfMoreThan38Digits_IsRefusedByName()
    {
        using CaseFolder folder = new("d1-decimal-wide");

        string error = Refuse(folder, "model.cbm", "rows.parquet");

        error.ShouldContain("INPUT_COLUMN_TYPE");
        error.ShouldContain("x is DECIMAL(");
    }

    [Theory]
    [InlineData("d1-binary-text", 3.000000215221881, 55.56077517086612, 67.88224828614048, 33.54101872701108, 20.35137951627627)]
    [InlineData("d1-decimal-category", 2.9999999969169515, 8.485281005718562, 15.58845710769628, 23.99999998208945, 1.5764573646492863e-08,
        12.234813485153772)]
    [InlineData("e1-decimal-category", 101.0, 202.0, 403.0, 4.0)]
    public void Predict_CategoriesAsBytesOrWholeDecimals_AnswersAsCatBoost(string id, params double[] expected)
    {
        using CaseFolder folder = new(id);

        Scores(folder, "model.cbm", "rows.parquet").Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public void Predict_TextThatIsNotUtf8_NamesColumnAndRow()
    {
        using CaseFolder folder = new("e1-invalid-utf8");

        string error = Refuse(folder, "model.cbm", "rows.parquet");

        error.ShouldContain("Column 'region' of rows.parquet, data row 2 (row number 1 counted from 0): the text is not UTF-8");
        error.ShouldContain("the byte C9 at offset 1, which is É in Latin-1");
    }

    /// <summary>The dictionary, a page of its own, a row group and missing values stand between a text and its row.</summary>
    [Theory]
    [InlineData(TestEncoding.Plain, 0, false, 3)]
    [InlineData(TestEncoding.Plain, 1, true, 2500)]
    [InlineData(TestEncoding.RleDictionary, 2, false, 2001)]
    [InlineData(TestEncoding.RleDictionary, 6, true, 1)]
    [InlineData(TestEncoding.PlainDictionary, 4, false, 2999)]
    public void Predict_TextThatIsNotUtf8InAnyPage_NamesTheRow(TestEncoding encoding, int codec, bool isV2, int row)
    {
        using CaseFolder folder = new("e1-invalid-utf8");
        byte[] common = "EU"u8.ToArray(), rare = "Süd"u8.ToArray();
        byte[]?[] texts =
            [.. Enumerable.Range(0, 3000).Select(i => i == row ? [0x5A, 0xFC] : i % 3 == 2 ? null : i % 7 == 0 ? rare : common)];
        File.WriteAllBytes(folder.File("texts.parquet"), TestParquet.Write(1200,
            TestColumn.Integers("id", Enumerable.Range(0, 3000).Select(i => (long?)i)),
            TestColumn.Floats("x", Enumerable.Repeat<float?>(1, 3000)),
            TestColumn.OfTexts("region", texts) with { Encoding = encoding, Codec = codec, IsV2 = isV2, RowsPerPage = 500 }));

        string error = Refuse(folder, "model.cbm", "texts.parquet");

        error.ShouldContain("error INPUT_ENCODING: Column 'region' of texts.parquet");
        error.ShouldContain(FormattableString.Invariant($"(row number {row} counted from 0)"));
        error.ShouldContain("FC at offset 1");
    }

    [Fact]
    public void Score_KeysThatCannotBeRead_NamesFileAndColumn()
    {
        using CaseFolder folder = new("p15-key-error-without-file");

        string error = folder.Run("score", "--root", folder.File("root"), "--date", "2026-11-21", "--model", "m.cbm", "--key", "id",
            "--unsealed", "--quiet")
            .ShouldExitWith(65).Errors;

        error.ShouldContain("INPUT_CORRUPT");
        error.ShouldContain("part-1.parquet");
        error.ShouldContain("column id");
    }

    /// <summary>Each row group once opened the file anew: 1,000 of them took 17 s.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Predict_ThousandRowGroups_SameAsDuckDbAlone(int codec)
    {
        using CaseFolder folder = new("p-many-declined-groups");
        File.WriteAllBytes(folder.File("in.parquet"), TestParquet.Write(2,
            TestColumn.Integers("id", Enumerable.Range(0, 2000).Select(i => (long?)i)) with { Codec = codec, IsOptional = false },
            TestColumn.Floats("f0", Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? (float?)(i / 2) : 0.5f))
                with
            { Codec = codec, IsOptional = false }));

        string[] predict = ["predict", "--model", "m.cbm", "--input", "in.parquet", "--output", "-", "--key", "id", "--quiet"];
        string expected = folder.Run([.. predict, "--reader", "duckdb"]).ShouldExitWith(0).Output;

        folder.Run(predict).ShouldExitWith(0).Output.ShouldBe(expected);
        expected.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2001);
    }

    private static string[] Scores(CaseFolder folder, string model, string input) =>
    [
        .. folder.Run("predict", "--model", model, "--input", input, "--output", "-", "--key", "id", "--quiet").ShouldExitWith(0).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line.Split(',')[^1]),
    ];

    private static string Refuse(CaseFolder folder, string model, string input) =>
        folder.Run("predict", "--model", model, "--input", input, "--output", "-", "--key", "id", "--quiet").ShouldExitWith(65).Errors;
}
