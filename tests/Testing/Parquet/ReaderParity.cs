using System.Globalization;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>Holds our own reader equal to DuckDB, to the bit, with every decoder that this processor can run.</summary>
public static class ReaderParity
{
    /// <summary>All columns of a file that a model could take as numbers, by name.</summary>
    public static IReadOnlyList<ColumnRequest> Numbers(string path)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        using DuckResult result = connection.Query($"SELECT * FROM read_parquet({DuckSql.Literal(path)}) LIMIT 0");
        return [.. result.Columns.Where(column => column.Type is >= DuckType.Boolean and <= DuckType.Double or DuckType.Decimal)
            .Select(column => new ColumnRequest(column.Name, ColumnKind.Number))];
    }

    /// <summary>Reads with both.</summary>
    /// <returns>Who has read the row groups.</returns>
    public static ReadRows Check(SplitReadRequest request, string context, long? capBytes = null)
    {
        var expected = ReadRows.Of(request, ReaderChoice.DuckDb);
        ReadRows? last = null;
        foreach (string decoder in Decoders.Available)
        {
            last = ReadRows.Of(request, ReaderChoice.Auto, decoder, capBytes);
            last.ShouldBe(expected, string.Create(CultureInfo.InvariantCulture, $"{context}, rows from {request.FirstRow}, {decoder}"));
        }

        return last!;
    }

    /// <summary>All rows and all numbers of a file.</summary>
    public static ReadRows CheckAll(string path, string context, string? key = null) =>
        Check(new SplitReadRequest { Path = path, Columns = Numbers(path), Key = key }, context);
}
