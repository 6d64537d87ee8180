using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Predict;

/// <summary>Files in, files out: every golden case must come out with CatBoost's bits, whatever the formats and the threads.</summary>
public sealed class PredictParityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string, int> Cases()
    {
        var data = new TheoryData<string, string, int>();
        foreach (string name in GoldenCase.Names)
        {
            data.Add(name, "parquet", 1);
            data.Add(name, "csv", 2);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predict_GoldenCase_HasCatBoostsBits(string name, string format, int threads)
    {
        var golden = GoldenCase.Load(name);
        string output = _folder.File("answers." + format);
        PredictSummary summary = Predict(name, golden, output, threads);
        summary.Rows.ShouldBe(golden.ExpectedRaw[0].Length);
        IReadOnlyDictionary<string, double[]> answers = format == "csv"
            ? GoldenCase.ReadAnswers(output)
            : ReadParquet(output, summary.Columns);
        IEnumerable<double[]> raw = summary.Columns.Where(column => column.StartsWith("RawFormulaVal", StringComparison.Ordinal))
            .Select(column => answers[column]);
        Bits(raw).ShouldBe(Bits(golden.ExpectedRaw));
        foreach ((string? column, double[]? expected) in golden.Expected.Where(column =>
            column.Key.StartsWith("Probability", StringComparison.Ordinal)))
        {
            // One case gives the second class alone.
            double[] actual = answers[column == "Probability" ? "Probability_1" : column];
            for (int row = 0; row < expected.Length; row++) actual[row].ShouldBe(expected[row], 1e-15, $"{column}, row {row}");
        }
    }

    private static PredictSummary Predict(string name, GoldenCase golden, string output, int threads)
    {
        string input = Directory.GetFiles(Repository.Data("golden", name), "input.*").Single();
        PredictionType[] types = golden.Expected.Keys.Any(column => column.StartsWith("Probability", StringComparison.Ordinal))
            ? [PredictionType.RawFormulaVal, PredictionType.Probability]
            : [PredictionType.RawFormulaVal];
        var options = new PredictOptions
        {
            Model = Repository.Data("golden", name, "model.cbm"),
            Input = input,
            Output = output,
            Types = types,
            Threads = threads,
        };
        return new PredictJob(options, Stream.Null).Run(CancellationToken.None);
    }

    private static IEnumerable<long> Bits(IEnumerable<double[]> columns) =>
        columns.SelectMany(column => column).Select(BitConverter.DoubleToInt64Bits);

    private static Dictionary<string, double[]> ReadParquet(string path, IReadOnlyList<string> columns)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result =
            connection.Query($"SELECT {string.Join(", ", columns.Select(DuckSql.Identifier))} FROM read_parquet(?)", path);
        IReadOnlyList<object?[]> rows = result.Rows();
        return columns.Select((name, i) => (name, values: rows.Select(row => (double)row[i]!).ToArray()))
            .ToDictionary(column => column.name, column => column.values);
    }
}
