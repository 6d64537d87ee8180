using System.Globalization;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Dirt;

/// <summary>
/// Which rows are bad, and how: spread evenly over the table, one kind after the other. Only columns that the hidden model reads are
/// spoilt:
/// nobody need look at the others. Thread safe.
/// </summary>
internal sealed class DirtPlan
{
    private static readonly string[] UnreadableTexts = ["12,5", "abc", "1.2.3", "0x1F", "1 000", "--7"];
    private static readonly string[] UnknownTexts = ["?", "UNSEEN", "n/k"];

    private readonly string[] _codes;
    private readonly FeatureColumn[] _texts;
    private readonly FeatureColumn[] _floats;
    private readonly FeatureColumn[] _bounded;
    private readonly FeatureColumn[] _categories;
    private readonly RowStream _stream;

    /// <param name="schema">The table.</param>
    /// <param name="columns">The columns that the hidden model reads.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="count">Bad rows, at most a tenth of all.</param>
    /// <param name="emptyIsNull">False for CSV, where an empty field of a category is the category "".</param>
    public DirtPlan(TableSchema schema, IReadOnlyList<FeatureColumn> columns, long rows, long count, bool emptyIsNull)
    {
        (Rows, Count) = (rows, count);
        _stream = new RowStream(schema.Seed, Streams.Dirt);
        _texts = count == 0 ? [] : [.. columns.Where(column => column.Shape == Shape.Bell && column.Kind == ColumnKind.Continuous).Take(2)];
        _floats = [.. columns.Where(column => column.SqlType == "FLOAT").Except(_texts)];
        _bounded = [.. columns.Where(column => column.Bounds is not null)];
        _categories = [.. columns.Where(column => column.SqlType == "VARCHAR" && column.IsCategory)];
        _codes =
        [
            DirtCodes.MissingKey, DirtCodes.InfiniteValue, DirtCodes.DuplicateKey, DirtCodes.OutOfRange, DirtCodes.UnreadableNumber,
            DirtCodes.UnknownCategory, .. emptyIsNull ? [DirtCodes.WrongType] : Array.Empty<string>(),
        ];
    }

    public long Rows { get; }

    public long Count { get; }

    /// <summary>Numeric columns that are written as text, because something unreadable is to stand in them.</summary>
    public bool IsText(FeatureColumn column) => Array.IndexOf(_texts, column) >= 0;

    /// <summary>The bad rows among consecutive rows, in their order.</summary>
    public IEnumerable<PlantedRow> Between(long firstRow, long endRow)
    {
        if (Count == 0) yield break;
        long number = (long)((Int128)firstRow * Count / Rows);
        for (; number < Count; number++)
        {
            long row = RowOf(number);
            if (row >= endRow) yield break;
            if (row >= firstRow) yield return Plant(number, row);
        }
    }

    /// <summary>The row whose key a row with a duplicate key repeats: the nearest good one before it.</summary>
    public long OriginalOf(long row)
    {
        long original = row - 1;
        while (Between(original, original + 1).Any()) original--;
        return original;
    }

    private long RowOf(long number)
    {
        long start = (long)((Int128)number * Rows / Count), end = (long)((Int128)(number + 1) * Rows / Count);
        return start + (long)(((Int128)_stream.At(number) * (end - start)) >> 32);
    }

    private PlantedRow Plant(long number, long row)
    {
        string code = _codes[number % _codes.Length];
        int turn = (int)(number / _codes.Length % int.MaxValue);
        return code switch
        {
            DirtCodes.MissingKey => new PlantedRow(row, code, null, null),
            DirtCodes.DuplicateKey => new PlantedRow(row, code, null, (OriginalOf(row) + 1).ToString(CultureInfo.InvariantCulture)),
            DirtCodes.InfiniteValue => new PlantedRow(row, code, Of(_floats), turn % 2 == 0 ? "inf" : "-inf"),
            DirtCodes.OutOfRange => new PlantedRow(row, code, Of(_bounded), Outside(Of(_bounded), turn)),
            DirtCodes.UnreadableNumber => new PlantedRow(row, code, Of(_texts), UnreadableTexts[turn % UnreadableTexts.Length]),
            DirtCodes.UnknownCategory => new PlantedRow(row, code, Of(_categories), UnknownTexts[turn % UnknownTexts.Length]),
            _ => new PlantedRow(row, code, Of(_categories), null),
        };

        FeatureColumn Of(FeatureColumn[] columns) => columns[turn % columns.Length];
    }

    private static string Outside(FeatureColumn column, int turn)
    {
        (double least, double most) = column.Bounds!.Value;
        return (turn % 2 == 0 ? most + (10 * (1 + most - least)) : least - (10 * (1 + most - least)))
            .ToString(CultureInfo.InvariantCulture);
    }
}
