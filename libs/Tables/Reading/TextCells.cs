using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BatchScoring.DuckDb;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>
/// Texts of a CSV block in the form that chunks of DuckDB have, so that whoever takes texts need not know whose they are.
/// </summary>
/// <param name="column">Name and type, VARCHAR.</param>
/// <param name="wanted">The column's place among the wanted ones.</param>
internal sealed unsafe class TextCells(DuckColumn column, int wanted)
{
    private readonly Cell[] _cells = GC.AllocateArray<Cell>(CsvBlock.MaxRows, pinned: true);

    /// <summary>The block's texts, until it ends.</summary>
    public DuckVector Of(CsvBlock block)
    {
        for (int row = 0; row < block.Rows; row++) Write(block.Cell(wanted, row), ref _cells[row]);
        return DuckVector.Over(column, (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_cells)), 0, block.Rows);
    }

    /// <summary>As <see cref="DuckText"/> lies in memory: short texts within the cell, the rest of it zero; of long ones the first four
    /// bytes and where they are.</summary>
    private static void Write(ReadOnlySpan<byte> text, ref Cell cell)
    {
        cell = default;
        cell.Length = text.Length;
        if (text.Length <= DuckText.InlineBytes)
        {
            text.CopyTo(MemoryMarshal.CreateSpan(ref cell.First, DuckText.InlineBytes));
            return;
        }

        text[..4].CopyTo(MemoryMarshal.CreateSpan(ref cell.First, 4));
        cell.Pointer = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(text));
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct Cell
    {
        [FieldOffset(0)] public int Length;
        [FieldOffset(4)] public byte First;
        [FieldOffset(8)] public byte* Pointer;
    }
}
