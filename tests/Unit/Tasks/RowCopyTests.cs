using BatchScoring.Core;
using BatchScoring.Tables;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

/// <summary>Rows that are copied by our own reader and by DuckDB are the same rows, cell by cell.</summary>
public sealed class RowCopyTests : IDisposable
{
    /// <summary>Of each type some NULLs, limits, and values whose bits are easily lost.</summary>
    private const string Cells = """
        SELECT range AS id,
            CASE range % 9 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::FLOAT WHEN 2 THEN -0.0::FLOAT WHEN 3 THEN 'inf'::FLOAT ELSE range / 7 END::FLOAT AS f,
            CASE WHEN range % 5 = 0 THEN NULL ELSE (range * 2654435761) % 4294967296 - 2147483648 END::INTEGER AS i,
            CASE WHEN range % 6 = 0 THEN NULL ELSE (range * 2654435761) % 4294967296 END::UINTEGER AS u,
            (range % 3)::INTEGER AS few, NULL::INTEGER AS none, (range % 120)::TINYINT AS t, range * 1234567891011 AS b,
            CASE range % 5 WHEN 0 THEN NULL WHEN 1 THEN 'nan'::DOUBLE WHEN 2 THEN -0.0::DOUBLE ELSE range / 3 END AS d,
            CASE WHEN range % 3 = 0 THEN NULL ELSE 18446744073709551615 - range END::UBIGINT AS ub, (range % 2)::BIGINT AS two, CASE WHEN range % 7 > 0 THEN 'text ' || range % 11 END AS s,
            (range / 8)::DECIMAL(12, 3) AS m, [range, NULL] AS nested, DATE '2026-11-28' - (range % 400)::INTEGER AS day
        FROM range(30000)
        """;

    private readonly TaskBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, 30000)]
    [InlineData(1000, 60)]
    [InlineData(2047, 20000)]
    [InlineData(29999, 1)]
    public async Task Filter_ColumnsOfEveryType_AreCopiedAsTheyAre(long first, long rows)
    {
        InputFile file = _bench.Write("in/part-00000.parquet", Cells);
        var work = new FilterWork { Key = "id", Salt = "s", Slots = 3, FirstSlot = 1, LastSlot = 1, Folder = "out/" };
        TaskSpec split = TaskBench.Split(FilterTask.KindName, work, TasksJson.Default.FilterWork, file, first, rows);

        TaskResult answer = await _bench.RunAsync(new FilterTask(new ParquetSource()), split);

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        answer.RowsOut.ShouldBeInRange(1, rows);
        string made = ParquetSql.Table(_bench.Store.LocalPath(answer.Part!.PendingId)!);
        string source = ParquetSql.Table(_bench.Store.LocalPath(file.Key)!);
        // By DuckDB alone: no reader of ours has a part in this.
        ContentHasher.OfTable(_bench.Duck, $"(SELECT * FROM {source} WHERE id IN (SELECT id FROM {made}))", default)
            .ShouldBe(answer.Content);
        ContentHasher.OfTable(_bench.Duck, made, default).ShouldBe(answer.Content);
    }

    [Fact]
    public async Task Filter_DamagedPage_IsToldOnceWithItsRowGroup()
    {
        InputFile file = _bench.Copy("in/part-00000.parquet", Repository.Data("cases/p9-gzip-damage-unseen/flipped.parquet"));
        var work = new FilterWork { Key = "id", Salt = "s", Slots = 1, FirstSlot = 0, LastSlot = 0, Folder = "out/" };
        TaskSpec split = TaskBench.Split(FilterTask.KindName, work, TasksJson.Default.FilterWork, file, 0, 200);

        TaskResult answer = await _bench.RunAsync(new FilterTask(new ParquetSource()), split);

        answer.Error!.Code.ShouldBe("INPUT_CORRUPT");
        answer.Error.Message.Split("in row group 0").Length.ShouldBe(2, answer.Error.Message);
    }
}
