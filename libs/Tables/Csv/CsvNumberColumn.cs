using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

/// <summary>A column of numbers: float32 or double.</summary>
internal sealed unsafe class CsvNumberColumn<T, TCells>(int column, int place, int rows, bool quotes) : CsvColumn(column, quotes)
    where T : unmanaged where TCells : INumberCells<T>
{
    private readonly PinnedArray<T> _values = new(rows);

    public T* Values => _values.Pointer;

    protected override void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        int* ends = Ends(tile);
        (int width, int count) = (tile.Width, tile.Rows);
        T* to = _values.Pointer + row;
        for (int i = 0; i < count;)
        {
            // Lengths of a column's cells come in long runs, mostly in one: each loop goes on while they suit it.
            i += Short(text + behind, starts + ((long)i * step), step, ends + ((long)i * width), width, behind, to + i, to + count);
            if (i == count) return;
            byte* cell = text + behind + starts[(long)i * step];
            int length = ends[(long)i * width] - starts[(long)i * step] - behind;
            int run = length <= CellNumber.ShortLength
                ? 0 : Long(text + behind, starts + ((long)i * step), step, ends + ((long)i * width), width, behind, to + i, to + count);
            if (run == 0) to[i] = TCells.Of(CsvNumberCell.Read(cell, length, Quotes, row + i, place, bad));
            i += Math.Max(1, run);
        }
    }

    // The loops are compiled once, each for itself: inlined where a profile says so, they run out of registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Short(byte* text, int* starts, long step, int* ends, long width, int behind, T* to, T* last)
    {
        T* first = to;
        for (; to < last; to++, starts += step, ends += width)
        {
            if (!TCells.TryShort(text + *starts, *ends - *starts - behind, out T value)) break;
            *to = value;
        }

        return (int)(to - first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int Long(byte* text, int* starts, long step, int* ends, long width, int behind, T* to, T* last)
    {
        T* first = to;
        for (; to < last; to++, starts += step, ends += width)
        {
            if (!TCells.TryLong(text + *starts, *ends - *starts - behind, out T value)) break;
            *to = value;
        }

        return (int)(to - first);
    }
}
