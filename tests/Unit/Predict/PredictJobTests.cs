using System.Text;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Predict;

public sealed class PredictJobTests : IDisposable
{
    private const string Categorical = "catboost/categorical-ctr";

    private readonly TemporaryFolder _folder = new();
    private IReadOnlyList<object?[]>? _hash;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_ToStandardOutput_IsCsvWithKeyAndAnswersInOrder()
    {
        var output = new MemoryStream();
        PredictOptions options = Options(Categorical, "-")
            with
        { Key = "LIMIT_BAL", Types = [PredictionType.Class, PredictionType.RawFormulaVal, PredictionType.Probability] };
        long rows = new PredictJob(options, output).Run(CancellationToken.None).Rows;
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe("LIMIT_BAL,Class,RawFormulaVal,Probability_0,Probability_1");
        lines.Length.ShouldBe((int)rows + 1);
        lines[1].ShouldStartWith("210000,0,-1.9004838672361328,0.869946280055");
    }

    [Fact]
    public void Run_ManyFilesAndThreads_KeepsTheOrderOfNamesAndRows()
    {
        string inputs = Parquet(7, 5000);
        foreach ((int threads, string? input) in new[] { (1, inputs), (3, inputs), (3, Path.Combine(inputs, "*.parquet")), (16, inputs) })
        {
            string output = _folder.File("out.parquet");
            PredictSummary summary = Run(Wide(input, output) with { Key = "id", Threads = threads });
            (summary.Rows, summary.Files).ShouldBe((35_000, 7));
            Sql("select count(*) from read_parquet(?, file_row_number = true) where id <> file_row_number", output).ShouldBe([[0L]]);
            IReadOnlyList<object?[]> first =
                Sql($"select md5(string_agg(RawFormulaVal::varchar, ',' order by id)) from read_parquet(?)", output);
            first.ShouldBe(_hash ??= first, $"{threads} threads");
        }
    }

    [Fact]
    public void Run_OneFileManyThreads_IsCutAtRowGroups()
    {
        string input = Path.Combine(Parquet(1, 90_000), "part-0.parquet");
        FileSplit.Cut(new TableFiles([new TableFile(input)], IsText: false), 3).Count.ShouldBe(3);
        string output = _folder.File("out.parquet");
        Run(Wide(input, output) with { Key = "id", Threads = 3 }).Rows.ShouldBe(90_000);
        Sql("select count(*), count(*) filter (id = file_row_number) from read_parquet(?, file_row_number = true)", output)
            .ShouldBe([[90_000L, 90_000L]]);
    }

    [Fact]
    public void Run_CsvAndParquetOfTheSameRows_AnswerTheSame()
    {
        string csv = Repository.Data("golden", Categorical, "input.csv");
        string parquet = _folder.File("in.parquet");
        Sql($"copy (from read_csv('{csv}')) to '{parquet}' (format parquet)");
        foreach (string? input in new[] { csv, parquet })
            Run(Options(Categorical, _folder.File(Path.GetExtension(input)[1..] + ".csv")) with { Input = input, Key = "PAY_0" });
        File.ReadAllText(_folder.File("parquet.csv")).ShouldBe(File.ReadAllText(_folder.File("csv.csv")));
    }

    [Fact]
    public void Run_KeysOfEveryKind_ComeOutAsTheyWent()
    {
        string input = _folder.File("in.parquet");
        Sql($"""
            copy (select range::float as f0, range as i, (range::varchar || ', a "long" key') as t, if(range % 2 = 0, null, range::hugeint) as h, date '2026-11-21' as d
            from range(5000)) to '{input}' (format parquet)
            """);
        foreach ((string? key, string? type) in new[] { ("i", "BIGINT"), ("t", "VARCHAR"), ("h", "VARCHAR"), ("d", "VARCHAR") })
        {
            string output = _folder.File("out.parquet");
            Run(Tiny(input, output) with { Key = key });
            Sql($"select count(*) from (from read_parquet(?) positional join (select \"{key}\"::varchar as k from '{input}')) where " +
                $"\"{key}\"::varchar is distinct from k", output)
                .ShouldBe([[0L]], key);
            Sql($"select any_value(column_type) from (describe select \"{key}\" from '{output}')")[0][0].ShouldBe(type);
            string csv = _folder.File("out.csv");
            Run(Tiny(input, csv) with { Key = key });
            Sql($"select count(*) from (from read_csv(?, all_varchar = true) positional join (select \"{key}\"::varchar as k from " +
                $"'{input}')) where \"{key}\" is distinct from k", csv)
                .ShouldBe([[0L]], key);
        }
    }

    [Fact]
    public void Run_UnreadableNumber_NamesColumnRowAndValue()
    {
        string input = _folder.File("in.csv");
        File.WriteAllText(input, "f0\n1\n2\nabc\n4\n");
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Run(Tiny(input, _folder.File("out.csv"))));
        error.Code.ShouldBe("NUMBER_UNREADABLE");
        error.ExitCode.ShouldBe(ExitCode.InputUnusable);
        error.Message.ShouldContain("Column 'f0'");
        error.Message.ShouldContain("data row 3 ");
        error.Message.ShouldContain("'abc'");
        Directory.GetFiles(_folder.Path).ShouldBe([input]);
    }

    [Theory]
    [InlineData("null::varchar", "data row 1 ", "is missing")]
    [InlineData("if(range = 4000, null, 'a')", "data row 4001 ", "is missing")]
    [InlineData("if(range = 7, 1.5, range)::double", "data row 8 ", "number 1.5")]
    [InlineData("range::double", "data row 1 ", "floating-point")]
    public void Run_CategoryThatCatBoostRefuses_NamesColumnAndRow(string expression, string row, string reason)
    {
        string csv = Repository.Data("golden", Categorical, "input.csv");
        string input = _folder.File("in.parquet");
        Sql($"""
            copy (select r.* exclude (range, SEX), {expression} as SEX
            from (select * from range(5000) positional join (select c.* from read_csv('{csv}') c, range(5))) r) to '{input}' (format parquet)
            """);
        string output = _folder.File("out.parquet");
        File.WriteAllText(output, "what was there before");
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Run(Options(Categorical, output) with { Input = input }));
        error.Message.ShouldContain("Column 'SEX'");
        error.Message.ShouldContain(row);
        error.Message.ShouldContain(reason);
        File.ReadAllText(output).ShouldBe("what was there before");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public void Run_ColumnsMissing_NamesAllAndWritesNothing()
    {
        string input = _folder.File("in.csv");
        File.WriteAllText(input, "SEX,EDUCATION\n1,2\n");
        BatchScoringException error = Should.Throw<BatchScoringException>(() =>
            Run(Options(Categorical, _folder.File("out.csv")) with { Input = input, Key = "ID" }));
        error.Code.ShouldBe("INPUT_COLUMNS_MISSING");
        foreach (string? name in new[] { "ID", "LIMIT_BAL", "MARRIAGE", "PAY_AMT6" }) error.Message.ShouldContain(name);
        Directory.GetFiles(_folder.Path).ShouldBe([input]);
    }

    [Fact]
    public void Run_DryRun_ChecksAndWritesNothing()
    {
        PredictSummary summary =
            Run(Options(Categorical, _folder.File("out.parquet")) with { DryRun = true, Types = [PredictionType.Probability] });
        summary.Columns.ShouldBe(["Probability_0", "Probability_1"]);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Run_NoRows_WritesAnEmptyTable()
    {
        string input = _folder.File("in.csv");
        File.WriteAllText(input, "f0,id\n");
        Run(Tiny(input, _folder.File("out.parquet")) with { Key = "id" }).Rows.ShouldBe(0);
        Sql("select column_name, column_type from (describe from read_parquet(?))", _folder.File("out.parquet"))
            .ShouldBe([["id", "VARCHAR"], ["RawFormulaVal", "DOUBLE"]]);
        Run(Tiny(input, _folder.File("out.csv")) with { Key = "id" });
        File.ReadAllText(_folder.File("out.csv")).ShouldBe("id,RawFormulaVal\n");
    }

    [Fact]
    public void Run_Cancelled_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        PredictOptions options = Wide(Parquet(3, 20_000), _folder.File("out.parquet")) with { Threads = 2 };
        var job = new PredictJob(options, Stream.Null, _ => cancellation.Cancel());
        Should.Throw<OperationCanceledException>(() => job.Run(cancellation.Token));
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Run_BadRequests_AreExplained()
    {
        PredictOptions good = Options(Categorical, _folder.File("out.csv"));
        Code(good with { Model = _folder.File("none.cbm") }).ShouldBe("MODEL_NOT_FOUND");
        Code(good with { Input = _folder.File("none.csv") }).ShouldBe("INPUT_NOT_FOUND");
        Code(good with { Input = _folder.File("*.parquet") }).ShouldBe("INPUT_NOT_FOUND");
        Code(good with { Input = _folder.Path }).ShouldBe("INPUT_NO_TABLE");
        Code(good with { Input = good.Model }).ShouldBe("INPUT_NO_TABLE");
        Code(good with { Output = _folder.File("out.xlsx") }).ShouldBe("PREDICT_USAGE");
        Code(good with { Output = _folder.File("no-folder", "out.csv") }).ShouldBe("OUTPUT_FAILED");
        Code(good with { Output = _folder.File("no-folder", "out.parquet") }).ShouldBe("OUTPUT_FAILED");
        Code(good with { Threads = 0 }).ShouldBe("PREDICT_USAGE");
        Code(good with { Types = [PredictionType.Class, PredictionType.Class] }).ShouldBe("PREDICT_USAGE");
        Code(good with { Types = [PredictionType.Exponent], Model = Repository.Data("golden/catboost/multiclass/model.cbm") })
            .ShouldNotBeEmpty();
        File.WriteAllText(_folder.File("model.cbm"), "not a model");
        Code(good with { Model = _folder.File("model.cbm") }).ShouldNotBeEmpty();
    }

    private static string Code(PredictOptions options) => Should.Throw<BatchScoringException>(() => Run(options)).Code;

    private static PredictSummary Run(PredictOptions options) => new PredictJob(options, Stream.Null).Run(CancellationToken.None);

    private static PredictOptions Options(string golden, string output) => new()
    {
        Model = Repository.Data("golden", golden, "model.cbm"),
        Input = Repository.Data("golden", golden, "input.csv"),
        Output = output,
        Overwrite = true,
    };

    private static PredictOptions Wide(string input, string output) => new()
    {
        Model = Repository.Data("golden/catboost/numeric-binary/model.cbm"),
        Input = input,
        Output = output,
        Overwrite = true,
    };

    /// <summary>One numeric feature called f0.</summary>
    private PredictOptions Tiny(string input, string output)
    {
        string model = Path.Combine(Directory.CreateDirectory(_folder.File("models")).FullName, "tiny.cbm");
        File.WriteAllBytes(model, new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0, Id = "f0", Borders = [0.5f] }],
            Symmetric = new SymmetricTrees { Depths = [1], Splits = [0] },
            LeafValues = [-1, 1],
        }).ToCbm());
        return new PredictOptions { Model = model, Input = input, Output = output, Overwrite = true };
    }

    /// <summary>Files whose rows have the ids 0, 1, 2 … in the order of the files' names.</summary>
    private string Parquet(int files, int rows)
    {
        string folder = Directory.CreateDirectory(_folder.File("in")).FullName;
        string csv = Repository.Data("golden/catboost/numeric-binary/input.csv");
        for (int file = 0; file < files; file++)
        {
            Sql($"""
                copy (select r.*, r.n - 1 + {file * rows} as id from (select row_number() over () as n, c.* from range(200) , read_csv('{csv}') c limit {rows}) r)
                to '{folder}/part-{file}.parquet' (format parquet, row_group_size 4096)
                """);
        }

        File.WriteAllText(Path.Combine(folder, "_SUCCESS.parquet"), "no data");
        return folder;
    }

    private static IReadOnlyList<object?[]> Sql(string sql, params object?[] parameters)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query(sql, parameters);
        return result.Rows();
    }
}
