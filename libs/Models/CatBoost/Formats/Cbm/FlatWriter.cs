using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>
/// Writes a FlatBuffer from its begin to its end: a table first, then what it refers to. Everything is aligned to its size, counted from
/// the buffer's begin, as FlatBuffers' verifier asks.
/// </summary>
internal sealed class FlatWriter
{
    private byte[] _bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>A whole FlatBuffer with its root.</summary>
    public static FlatWriter Write(FlatTableWriter root)
    {
        var writer = new FlatWriter();
        root.WriteTo(writer, writer.Reserve(4));
        writer.Align(8);
        return writer;
    }

    /// <summary>Zeros up to a position such that position + offset is a multiple.</summary>
    public void Align(int multiple, int offset = 0) => Reserve((multiple - ((Length + offset) % multiple)) % multiple);

    /// <summary>Room of zeros.</summary>
    /// <returns>Its position.</returns>
    public int Reserve(int length)
    {
        int position = Length;
        Length = checked(Length + length);
        if (Length > _bytes.Length) Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, Length)));
        return position;
    }

    public Span<byte> At(int position, int length) => _bytes.AsSpan(position, length);

    /// <summary>Lets an offset refer to a position behind it.</summary>
    public void Refer(int place, int position) => BinaryPrimitives.WriteInt32LittleEndian(At(place, 4), position - place);

    public void Text(int place, string text)
    {
        Align(4);
        Refer(place, Length);
        int length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteInt32LittleEndian(At(Reserve(4), 4), length);
        Encoding.UTF8.GetBytes(text, At(Reserve(length + 1), length));
    }

    /// <summary>A vector of scalars or structs.</summary>
    public void Values<T>(int place, ReadOnlySpan<T> values, int alignment)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        Align(Math.Max(4, alignment), offset: 4);
        Refer(place, Length);
        BinaryPrimitives.WriteInt32LittleEndian(At(Reserve(4), 4), values.Length);
        bytes.CopyTo(At(Reserve(bytes.Length), bytes.Length));
    }

    /// <summary>A vector of offsets, whose elements come after it.</summary>
    /// <param name="place">The offset that shall refer to the vector.</param>
    /// <param name="count">How many elements.</param>
    /// <param name="write">Writes an element; it is given the element's number and the offset that shall refer to it.</param>
    public void Offsets(int place, int count, Action<int, int> write)
    {
        Align(4);
        Refer(place, Length);
        BinaryPrimitives.WriteInt32LittleEndian(At(Reserve(4), 4), count);
        int first = Reserve(4 * count);
        for (int i = 0; i < count; i++) write(i, first + (4 * i));
    }
}
