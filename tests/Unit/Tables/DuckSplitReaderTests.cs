using System.Text;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tables;

public sealed unsafe class DuckSplitReaderTests : IDisposable
{
    private static readonly IColumnEncoder Hashes = new CategoryCodes(CategoryHash.Encoder);

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 2 });

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Next_NumbersOfEveryType_AreFloats()
    {
        string file = Parquet("""
            select 0.1::float as f, 0.1::double as d, 1e300::double as big, true as b, -7::tinyint as i8, 16777217::bigint as i64,
            18446744073709551615::ubigint as u64, 1.25::decimal(9,2) as dec, '1e-3' as t, null::double as n, null::varchar as tn, 'NA' as na
            """);
        using DuckSplitReader reader = Open(
            new SplitReadRequest { Path = file, Columns = Numeric("f", "d", "big", "b", "i8", "i64", "u64", "dec", "t", "n", "tn", "na") });
        reader.Next().ShouldBeTrue();
        float[] expected =
            [0.1f, 0.1f, float.PositiveInfinity, 1, -7, 16777216, 18446744073709551616f, 1.25f, 0.001f, float.NaN, float.NaN, float.NaN];
        for (int i = 0; i < expected.Length; i++) reader.Block.Numbers(i)[0].ShouldBe(expected[i], $"column {i}");
        reader.Defects.ShouldBeEmpty();
        reader.Next().ShouldBeFalse();
    }

    [Fact]
    public void Next_DoubleBetweenTwoFloats_IsRoundedToNearest()
    {
        string file = Parquet("select (1 + pow(2, -24))::double as tie, (1 + pow(2, -24) + pow(2, -50))::double as above");
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = Numeric("tie", "above") });
        reader.Next().ShouldBeTrue();
        reader.Block.Numbers(0)[0].ShouldBe(1f);
        reader.Block.Numbers(1)[0].ShouldBe(MathF.BitIncrement(1f));
    }

    [Fact]
    public void Next_NullsInLargeColumns_AreNaNAndNothingElseIs()
    {
        string file = Parquet("select if(range % 7 = 3, null, range)::float as x, if(range % 5 = 0, null, range / 2)::double as y from " +
            "range(10000)");
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = Numeric("y", "x") });
        long row = 0;
        while (reader.Next())
        {
            reader.FirstRow.ShouldBe(row);
            for (int i = 0; i < reader.Rows; i++, row++)
            {
                reader.Block.Numbers(0)[i].ShouldBe(row % 5 == 0 ? float.NaN : row / 2f);
                reader.Block.Numbers(1)[i].ShouldBe(row % 7 == 3 ? float.NaN : row);
            }
        }

        row.ShouldBe(10_000);
    }

    [Fact]
    public void Next_Categories_AreHashesOfTheirText()
    {
        string file = Parquet("""
            select * from (values
              ('Zürich, a long name of a town', -5, 18446744073709551615::ubigint, true),
              ('', 2147483647, 0::ubigint, false),
              ('5', 261, 7::ubigint, true)) t(text, i, u, b)
            """);
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = Categorical("text", "i", "u", "b") });
        reader.Next().ShouldBeTrue();
        string[][] expected =
        [
            ["Zürich, a long name of a town", "", "5"], ["-5", "2147483647", "261"], ["18446744073709551615", "0", "7"], ["1", "0", "1"],
        ];
        for (int column = 0; column < expected.Length; column++)
            for (int row = 0; row < 3; row++)
                reader.Block.Codes(column)[row].ShouldBe(Hash(expected[column][row]), $"{expected[column][row]}");
    }

    [Fact]
    public void Next_IntegerCategories_HashRightWhenTheyShareASlot()
    {
        string file = Parquet("select (range * 256 * (1 - 2 * (range % 2)))::bigint as c from range(6000)");
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = Categorical("c") });
        long row = 0;
        while (reader.Next())
            for (int i = 0; i < reader.Rows; i++, row++)
                reader.Block.Codes(0)[i].ShouldBe(Hash($"{row * 256 * (1 - (2 * (row % 2)))}"));
        row.ShouldBe(6000);
    }

    [Fact]
    public void Next_BadCells_AreReportedAndHeldHarmless()
    {
        string file = Parquet("""
            select * from (values (1, '1.5', 'a', 1.0::double), (2, 'abc', null, 2.5), (3, null, 'b', null), (4, '1 ', 'c', 'inf'))
            t(id, number, category, floating)
            """);
        ColumnRequest[] inputs = new[] { Numeric("number")[0], Categorical("category")[0], Categorical("floating")[0] };
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = inputs });
        reader.Next().ShouldBeTrue();
        reader.Defects.ShouldBe(
        [
            new CellDefect(1, "number", DefectCodes.NumberUnreadable, "abc"),
                new CellDefect(3, "number", DefectCodes.NumberUnreadable, "1 "),
            new CellDefect(1, "category", DefectCodes.CategoryNull, null),
            new CellDefect(0, "floating", DefectCodes.CategoryFloating, "1"),
                new CellDefect(1, "floating", DefectCodes.CategoryFractional, "2.5"),
            new CellDefect(2, "floating", DefectCodes.CategoryNull, null),
                new CellDefect(3, "floating", DefectCodes.CategoryFractional, "Infinity"),
        ]);
        reader.Block.Numbers(0)[0].ShouldBe(1.5f);
        reader.Block.Numbers(0)[1].ShouldBe(float.NaN);
        reader.Block.Codes(1)[1].ShouldBe(0);
        reader.Block.Codes(1)[2].ShouldBe(Hash("b"));
    }

    [Fact]
    public void Next_APieceOfTheFile_HoldsItsRowsInOrder()
    {
        string file = Parquet("select range as id, range::float as x from range(30000)", "row_group_size 4096");
        using DuckSplitReader reader =
            Open(new SplitReadRequest { Path = file, FirstRow = 8192, Rows = 12_288, Columns = Numeric("x"), Key = "id" });
        long row = 8192;
        while (reader.Next())
        {
            reader.FirstRow.ShouldBe(row);
            for (int i = 0; i < reader.Rows; i++, row++)
            {
                reader.Key.Values<long>()[i].ShouldBe(row);
                reader.Block.Numbers(0)[i].ShouldBe(row);
            }
        }

        row.ShouldBe(8192 + 12_288);
    }

    [Fact]
    public void Next_FileShorterThanPlanned_IsRefused()
    {
        string file = Parquet("select range::float as x from range(100)");
        using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Rows = 101, Columns = Numeric("x") });
        reader.Next().ShouldBeTrue();
        Should.Throw<BatchScoringException>(() => reader.Next()).Code.ShouldBe("INPUT_CORRUPT");
    }

    [Fact]
    public void Next_KeyIsAlsoAColumn_EachKeepsItsValue()
    {
        string file = Parquet("select range::double as a, range as id, 'text of row ' || range as t from range(3000)");
        using DuckSplitReader reader = Open(new SplitReadRequest
        {
            Path = file,
            Columns = [.. Numeric("a", "id"), .. Categorical("id", "t")],
            Key = "id",
        });
        long row = 0;
        while (reader.Next())
        {
            for (int i = 0; i < reader.Rows; i++, row++)
            {
                reader.Block.Numbers(0)[i].ShouldBe(row);
                reader.Block.Numbers(1)[i].ShouldBe(row);
                reader.Block.Codes(2)[i].ShouldBe(Hash($"{row}"));
                reader.Block.Codes(3)[i].ShouldBe(Hash($"text of row {row}"));
                reader.Key.Values<long>()[i].ShouldBe(row);
            }
        }

        row.ShouldBe(3000);
    }

    [Fact]
    public void Key_OfOtherTypes_IsText()
    {
        string file = Parquet("select date '2026-11-21' as d, 7 as i, 1.50::decimal(5,2) as x");
        KeyOf(new SplitReadRequest { Path = file, Key = "d" }).ShouldBe("2026-11-21");
        KeyOf(new SplitReadRequest { Path = file, Key = "x" }).ShouldBe("1.50");
        KeyOf(new SplitReadRequest { Path = file, Key = "i" }).ShouldBe(7);
        KeyOf(new SplitReadRequest { Path = file, Key = "i", KeyAsText = true }).ShouldBe("7");

        object? KeyOf(SplitReadRequest request)
        {
            using DuckSplitReader reader = Open(request);
            reader.Next().ShouldBeTrue();
            return reader.Key.Value(0);
        }
    }

    [Fact]
    public void Open_ColumnsMissing_NamesAllAtOnce()
    {
        string file = Parquet("select 1 as a, 2 as B");
        BatchScoringException error = Should.Throw<BatchScoringException>(
            () => Open(new SplitReadRequest { Path = file, Columns = Numeric("a", "b", "c"), Key = "id" }));
        error.Code.ShouldBe("INPUT_COLUMNS_MISSING");
        error.ExitCode.ShouldBe(ExitCode.InputUnusable);
        error.Message.ShouldContain("id, b, c");
        error.Message.ShouldContain("It has: a, B");
    }

    [Fact]
    public void Open_ColumnsOfWrongTypes_NamesAllAtOnce()
    {
        string file = Parquet("select date '2026-11-21' as d, [1] as l, 1 as a");
        BatchScoringException error = Should.Throw<BatchScoringException>(
            () => Open(new SplitReadRequest { Path = file, Columns = [.. Numeric("d", "a"), .. Categorical("l")] }));
        error.Code.ShouldBe("INPUT_COLUMN_TYPE");
        error.Message.ShouldContain("d is DATE, it is needed as a number; l is LIST, it is needed as a category");
    }

    [Fact]
    public void Open_FolderThatLooksLikeAPartition_AddsNoColumn()
    {
        string folder = Directory.CreateDirectory(_folder.File("run_date=2026-11-21")).FullName;
        string file = Parquet("select 1 as a", name: Path.Combine(folder, "part.parquet"));
        Should.Throw<BatchScoringException>(() => Open(new SplitReadRequest { Path = file, Columns = Categorical("run_date") }))
            .Code.ShouldBe("INPUT_COLUMNS_MISSING");
    }

    [Fact]
    public void Open_NoSuchFileOrNoParquet_SaysSo()
    {
        Should.Throw<BatchScoringException>(() =>
            Open(new SplitReadRequest { Path = _folder.File("none.parquet") })).Code.ShouldBe("INPUT_NOT_FOUND");
        File.WriteAllText(_folder.File("text.parquet"), "id\n1\n");
        BatchScoringException error = Should.Throw<BatchScoringException>(
            () => Open(new SplitReadRequest { Path = _folder.File("text.parquet"), DisplayName = "s3://bucket/text.parquet" }));
        error.Code.ShouldBe("INPUT_CORRUPT");
        error.Message.ShouldContain("s3://bucket/text.parquet cannot be read");
    }

    [Fact]
    public void Next_TruncatedInTheMiddle_IsCorruptInput()
    {
        string file = Parquet("select range::float + random() as x from range(50000)", "row_group_size 4096");
        byte[] bytes = File.ReadAllBytes(file);
        bytes.AsSpan(bytes.Length / 2, 30_000).Clear();
        File.WriteAllBytes(file, bytes);
        Should.Throw<BatchScoringException>(() =>
        {
            using DuckSplitReader reader = Open(new SplitReadRequest { Path = file, Columns = Numeric("x") });
            while (reader.Next())
            {
            }
        }).Code.ShouldBe("INPUT_CORRUPT");
    }

    [Fact]
    public void Next_Cancelled_EndsEarly()
    {
        string file = Parquet("select range::float as x from range(500000)");
        using var cancellation = new CancellationTokenSource();
        using var reader = DuckSplitReader.OpenParquet(_database, new SplitReadRequest { Path = file, Columns = Numeric("x") },
            cancellation.Token);
        reader.Next().ShouldBeTrue();
        cancellation.Cancel();
        Should.Throw<OperationCanceledException>(() =>
        {
            while (reader.Next())
            {
            }
        });
    }

    private static ColumnRequest[] Numeric(params string[] names) => [.. names.Select(name => new ColumnRequest(name, ColumnKind.Number))];

    private static ColumnRequest[] Categorical(params string[] names) =>
        [.. names.Select(name => new ColumnRequest(name, ColumnKind.Category, Hashes))];

    private static int Hash(string text) => CategoryHash.Of(Encoding.UTF8.GetBytes(text));

    private DuckSplitReader Open(SplitReadRequest request) => DuckSplitReader.OpenParquet(_database, request);

    private string Parquet(string sql, string options = "row_group_size 122880", string? name = null)
    {
        name ??= _folder.File("table.parquet");
        using DuckConnection connection = _database.Connect();
        connection.Execute($"copy ({sql}) to {DuckSql.Literal(name)} (format parquet, compression zstd, {options})");
        return name;
    }
}
