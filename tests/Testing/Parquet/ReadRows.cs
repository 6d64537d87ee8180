using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>All that a reader has handed out, by row: what a comparison needs.</summary>
public sealed unsafe class ReadRows
{
    public List<uint>[] Columns { get; }

    public List<string?> Keys { get; } = [];

    public List<CellDefect> Defects { get; } = [];

    public string KeyType { get; }

    public long Own { get; }

    public IReadOnlyDictionary<string, long> Unsupported { get; }

    private ReadRows(ISplitReader reader, SplitReadRequest request)
    {
        Columns = [.. request.Columns.Select(_ => new List<uint>())];
        KeyType = reader.KeyColumn?.ToString() ?? "";
        long first = request.FirstRow;
        long rows = 0L;
        while (reader.Next())
        {
            reader.FirstRow.ShouldBe(first + rows);
            rows += reader.Rows;
            for (int i = 0; i < Columns.Length; i++)
            {
                uint* values = request.Columns[i].Kind == ColumnKind.Number ? (uint*)reader.Block.Numbers(i) : (uint*)reader.Block.Codes(i);
                Columns[i].AddRange(new ReadOnlySpan<uint>(values, reader.Rows));
                // The promise of the block: whole groups of 64 rows can be read.
                for (int row = reader.Rows; row % ColumnBlock.Padding != 0; row++) _ = values[row];
            }

            foreach (CellDefect defect in reader.Defects) Defects.Add(defect with { Row = (int)(reader.FirstRow - first) + defect.Row });
            if (request.Key is not null) AddKeys(reader.Key);
        }

        Own = reader.Groups.Own;
        Unsupported = reader.Groups.Unsupported.ToDictionary(pair => pair.Key, pair => pair.Value);
    }

    public static ReadRows Of(SplitReadRequest request, ReaderChoice choice, string? decoder = null, long? capBytes = null)
    {
        using var readers = new SplitReaders(decoder);
        using var database = new LazyDatabase(new DuckOptions { Threads = 1 });
        using ISplitReader reader = capBytes is { } cap
            ? readers.OpenParquet(database, request, choice, cap)
            : readers.OpenParquet(database, request, choice);
        return new ReadRows(reader, request);
    }

    /// <summary>Holds both equal, to the bit.</summary>
    public void ShouldBe(ReadRows expected, string context)
    {
        KeyType.ShouldBe(expected.KeyType, context);
        Keys.ShouldBe(expected.Keys, context);
        Defects.ShouldBe(expected.Defects, ignoreOrder: true, context);
        for (int column = 0; column < Columns.Length; column++)
        {
            Columns[column].Count.ShouldBe(expected.Columns[column].Count, $"{context}, column {column}: rows");
            if (!System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Columns[column])
                .SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(expected.Columns[column])))
            {
                int row = Columns[column].Zip(expected.Columns[column]).TakeWhile(pair => pair.First == pair.Second).Count();
                throw new ShouldAssertException(
                    $"{context}, column {column}, row {row}: {Columns[column][row]:x8}, expected {expected.Columns[column][row]:x8}");
            }
        }
    }

    private void AddKeys(DuckVector key)
    {
        for (int row = 0; row < key.Rows; row++) Keys.Add(key.Value(row)?.ToString());
    }
}
