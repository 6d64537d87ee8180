using BatchScoring.Core;
using BatchScoring.Tests.Testing;
using Parquet;
using Parquet.Schema;
using ParquetSharp;

namespace BatchScoring.Tests.Parity.Parquet;

/// <summary>A part with scores, as Arrow C++ (ParquetSharp) and Parquet.Net read it: the values that DuckDB reads, to the bit.</summary>
public sealed class OtherReaderTests
{
    [Theory]
    [InlineData("catboost/numeric-binary")]
    [InlineData("catboost/multiclass")]
    public async Task Read_PartOfScores_SameValuesInEveryLibrary(string golden)
    {
        using ScoreBench bench = new(golden);
        InputFile file = bench.Input(rowGroupRows: 2048);
        TaskResult answer = await bench.RunAsync(bench.Split(file, 0, 500));
        string path = bench.Tasks.Store.LocalPath(answer.Part!.PendingId)!;
        IReadOnlyList<object?[]> expected = bench.Tasks.Rows(answer.Part.PendingId);

        object?[][] sharp = BySharp(path);
        object?[][] net = await ByNetAsync(path);

        expected.Count.ShouldBe(500);
        for (int column = 0; column < sharp.Length; column++)
        {
            object?[] values = [.. expected.Select(row => row[column])];
            sharp[column].ShouldBe(values);
            net[column].ShouldBe(values);
        }
    }

    private static object?[][] BySharp(string path)
    {
        using ParquetFileReader reader = new(path);
        using ParquetSharp.RowGroupReader group = reader.RowGroup(0);
        int rows = checked((int)group.MetaData.NumRows);
        return
        [
            .. Enumerable.Range(0, reader.FileMetaData.NumColumns).Select(place =>
            {
                using ParquetSharp.ColumnReader column = group.Column(place);
                using LogicalColumnReader values = column.LogicalReader();
                return values switch
                {
                    LogicalColumnReader<long?> it => Objects(it.ReadAll(rows)),
                    LogicalColumnReader<double?> it => Objects(it.ReadAll(rows)),
                    LogicalColumnReader<string?> it => Objects(it.ReadAll(rows)),
                    _ => throw new InvalidOperationException($"column {place} is {values.GetType()}"),
                };
            }),
        ];
    }

    private static async Task<object?[][]> ByNetAsync(string path)
    {
        await using ParquetReader reader = await ParquetReader.CreateAsync(path);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        List<object?[]> columns = [];
        foreach (DataField field in reader.Schema.DataFields)
        {
            int rows = checked((int)group.RowCount);
            if (field.ClrType == typeof(long)) columns.Add(await NumbersAsync<long>(group, field, rows));
            else if (field.ClrType == typeof(double)) columns.Add(await NumbersAsync<double>(group, field, rows));
            else columns.Add(await TextsAsync(group, field, rows));
        }

        return [.. columns];
    }

    private static async Task<object?[]> NumbersAsync<T>(ParquetRowGroupReader group, DataField field, int rows) where T : struct
    {
        var values = new T?[rows];
        await group.ReadAsync<T>(field, values.AsMemory());
        return Objects(values);
    }

    private static async Task<object?[]> TextsAsync(ParquetRowGroupReader group, DataField field, int rows)
    {
        string?[] values = new string?[rows];
        await group.ReadAsync(field, values.AsMemory());
        return Objects(values);
    }

    private static object?[] Objects<T>(T[] values) => [.. values.Select(value => (object?)value)];
}
