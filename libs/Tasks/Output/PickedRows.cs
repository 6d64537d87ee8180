using System.Runtime.InteropServices;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Picked rows of a split, window by window, as DuckDB asks for them: their number in the file and their values.
/// </summary>
/// <param name="reader">The columns.</param>
/// <param name="columns">How many there are.</param>
/// <param name="picked">Which rows of the split, one each.</param>
/// <param name="first">The split's first row.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class PickedRows(FixedReader reader, int columns, bool[] picked, long first, CancellationToken cancellation)
{
    private readonly int[] _rows = new int[FixedReader.MaxRows];
    private readonly ulong[] _valid = new ulong[FixedReader.MaxRows / 64];
    private readonly ulong[] _pickedValid = new ulong[FixedReader.MaxRows / 64];

    /// <summary>The next rows that were picked; 0 at the end.</summary>
    public int Fill(DuckBlock block)
    {
        int count;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            if (!reader.Next()) return 0;
            count = Pick();
        }
        while (count == 0);
        ReadOnlySpan<int> rows = _rows.AsSpan(0, count);
        Span<long> numbers = block.Column<long>(0);
        for (int i = 0; i < count; i++) numbers[i] = reader.FirstRow + rows[i];
        for (int column = 0; column < columns; column++) Fill(block, column, rows);
        return count;
    }

    private int Pick()
    {
        ReadOnlySpan<bool> window = picked.AsSpan((int)(reader.FirstRow - first), reader.Rows);
        int count = 0;
        for (int row = 0; row < window.Length; row++)
        {
            _rows[count] = row;
            count += window[row] ? 1 : 0;
        }

        return count;
    }

    private void Fill(DuckBlock block, int column, ReadOnlySpan<int> rows)
    {
        Span<byte> to = block.Bytes(column + 1);
        if (to.Length == DuckChunk.MaxRows * sizeof(uint)) Gather<uint>(column, rows, to);
        else Gather<ulong>(column, rows, to);
        if (!reader.FindMissing(column, _valid)) return;
        bool isAll = rows.Length == reader.Rows;
        if (!isAll) Gather(_valid, rows, _pickedValid);
        block.SetValidity(column + 1, isAll ? _valid : _pickedValid);
    }

    private void Gather<T>(int column, ReadOnlySpan<int> rows, Span<byte> block) where T : unmanaged
    {
        ReadOnlySpan<T> from = reader.Values<T>(column);
        Span<T> to = MemoryMarshal.Cast<byte, T>(block);
        if (rows.Length == from.Length) from.CopyTo(to);
        else
            for (int i = 0; i < rows.Length; i++) to[i] = from[rows[i]];
    }

    private static void Gather(ReadOnlySpan<ulong> from, ReadOnlySpan<int> rows, Span<ulong> to)
    {
        ulong word = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            word |= (from[rows[i] >> 6] >> (rows[i] & 63) & 1) << (i & 63);
            if ((i & 63) != 63 && i != rows.Length - 1) continue;
            to[i >> 6] = word;
            word = 0;
        }
    }
}
