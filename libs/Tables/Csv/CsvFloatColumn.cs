using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

/// <summary>A column of float32.</summary>
internal sealed unsafe class CsvFloatColumn(int column, int place, int rows, bool quotes) : CsvColumn(column, quotes)
{
    private readonly PinnedArray<float> _values = new(rows);

    public float* Values => _values.Pointer;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        int* ends = Ends(tile);
        float* to = _values.Pointer + row;
        int width = tile.Width, count = tile.Rows;
        for (int i = 0; i < count; i++, starts += step, ends += width)
        {
            int from = *starts + behind;
            if (!CellNumber.TryParseShort(text + from, *ends - from, out double value))
                value = CsvNumberCell.Read(text + from, *ends - from, Quotes, row + i, place, bad);
            to[i] = (float)value + 0f; // What becomes −0 only now is 0, too.
        }
    }
}
