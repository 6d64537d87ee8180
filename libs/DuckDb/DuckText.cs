using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace BatchScoring.DuckDb;

/// <summary>
/// One text cell as it lies in a chunk (DuckDB's <c>duckdb_string_t</c>): up to 12 bytes within the cell, longer ones behind a pointer.
/// </summary>
/// <remarks>Take it by reference from <see cref="DuckChunk.Values{T}"/> only, and use it no longer than the chunk. For texts of at most
/// 12 bytes the 16 bytes of the cell are equal exactly when the texts are (the rest is zero).</remarks>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct DuckText
{
    /// <summary>The longest text that lies within the cell, in bytes.</summary>
    public const int InlineBytes = 12;

    [FieldOffset(0)] private readonly int _length;
    [FieldOffset(4)] private readonly byte _first;
    [FieldOffset(8)] private readonly byte* _pointer;

    /// <summary>Length in bytes.</summary>
    public int Length => _length;

    /// <summary>The text in UTF-8, within the chunk.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Utf8 =>
        _length <= InlineBytes ? MemoryMarshal.CreateReadOnlySpan(in _first, _length) : new ReadOnlySpan<byte>(_pointer, _length);

    /// <summary>A copy of the text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8);
}
