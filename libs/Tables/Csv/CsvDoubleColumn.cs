using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

/// <summary>A column of doubles.</summary>
internal sealed unsafe class CsvDoubleColumn(int column, int place, int rows, bool quotes) : CsvColumn(column, quotes)
{
    private readonly PinnedArray<double> _values = new(rows);

    public double* Values => _values.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        int* ends = Ends(tile);
        double* to = _values.Pointer + row;
        int width = tile.Width, count = tile.Rows;
        for (int i = 0; i < count; i++, starts += step, ends += width)
        {
            int from = *starts + behind;
            if (!CellNumber.TryParseShort(text + from, *ends - from, out double value))
                value = CsvNumberCell.Read(text + from, *ends - from, Quotes, row + i, place, bad);
            to[i] = value;
        }
    }
}
