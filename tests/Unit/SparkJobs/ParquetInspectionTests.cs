using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Inspect;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ParquetInspectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describe_NumbersAndText_TellsWhatGoesThroughDuckDb()
    {
        JobOutcome outcome = ParquetInspection.Describe(Write("zstd"), everyColumn: true);
        string text = string.Join('\n', outcome.Lines);
        text.ShouldContain("5,000 rows, 3 row groups, 3 columns");
        text.ShouldContain("PARQUET_COLUMN_TYPE: 1 column(s) not read by our own reader: t");
        text.ShouldContain("x (Float): zstd");
        outcome.Json!["row_groups"]![0]!["columns"]![0]!["unsupported"].ShouldBeNull();
        outcome.Json["row_groups"]![2]!["first_row"]!.GetValue<long>().ShouldBe(4096);
    }

    [Fact]
    public void Describe_Gzip_TellsTheReason() =>
        string.Join('\n', ParquetInspection.Describe(Write("lz4"), everyColumn: false).Lines)
            .ShouldContain("PARQUET_CODEC: 2 column(s) not read by our own reader");

    [Fact]
    public void Describe_NoParquet_TellsTheReason()
    {
        string file = _folder.File("no.parquet");
        File.WriteAllText(file, "this is no Parquet file at all");
        ParquetInspection.Describe(file, everyColumn: false).Lines.Single().ShouldContain("PARQUET_FOOTER");
    }

    private string Write(string codec)
    {
        string file = _folder.File("rows.parquet");
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        connection.Execute($"COPY (SELECT (range * 0.5)::FLOAT AS x, range AS id, 'a' || range AS t FROM range(5000)) TO '{file}' " +
            $"(FORMAT parquet, COMPRESSION {codec}, ROW_GROUP_SIZE 2048)");
        return file;
    }
}
