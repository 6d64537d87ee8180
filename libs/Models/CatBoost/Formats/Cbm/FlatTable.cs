using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>A table of a FlatBuffer: fields by number, each present or at its default.</summary>
internal readonly ref struct FlatTable
{
    private readonly FlatBuffer _buffer;
    private readonly ReadOnlySpan<byte> _fieldOffsets;
    private readonly int _length;

    private FlatTable(FlatBuffer buffer, long position, ReadOnlySpan<byte> fieldOffsets, int length)
    {
        _buffer = buffer;
        Position = position;
        _fieldOffsets = fieldOffsets;
        _length = length;
    }

    /// <summary>Where the table stands in its buffer: two tables with the same position are the same.</summary>
    public long Position { get; }

    /// <summary>The same in the model file.</summary>
    public long FileOffset => _buffer.FileOffset + Position;

    public static FlatTable At(FlatBuffer buffer, long position)
    {
        long layout = position - buffer.Int32(position);
        ushort layoutLength = buffer.UInt16(layout);
        ushort length = buffer.UInt16(layout + 2);
        if (layoutLength < 4 || layoutLength % 2 != 0 || length < 4)
            Fault.Corrupt($"a table's layout claims {layoutLength} and {length} bytes", buffer.FileOffset + layout);
        ReadOnlySpan<byte> fieldOffsets = buffer.Slice(layout, layoutLength)[4..];
        buffer.Slice(position, length);
        return new(buffer, position, fieldOffsets, length);
    }

    public bool Bool(int field, bool missing = false) => Scalar(field, 1) is { IsEmpty: false } bytes ? bytes[0] != 0 : missing;

    public int Byte(int field) => Scalar(field, 1) is { IsEmpty: false } bytes ? (sbyte)bytes[0] : 0;

    public int Int32(int field, int missing = 0) =>
        Scalar(field, 4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : missing;

    public float Single(int field, float missing = 0) =>
        Scalar(field, 4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : missing;

    public double Double(int field, double missing = 0) =>
        Scalar(field, 8) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : missing;

    /// <summary>A string; empty if missing. Bytes that are not UTF-8 become replacement characters.</summary>
    public string String(int field)
    {
        ReadOnlySpan<byte> bytes = Vector(field, 1);
        if (bytes.IsEmpty) return "";
        _buffer.Budget.Charge(32 + (2L * bytes.Length));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A vector of scalars or structs as it stands in the file; empty if missing.</summary>
    public ReadOnlySpan<T> Values<T>(int field)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Vector(field, Unsafe.SizeOf<T>()));

    /// <summary>A copy of a vector of scalars or structs; empty if missing.</summary>
    public ImmutableArray<T> Array<T>(int field)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = Values<T>(field);
        if (values.IsEmpty) return [];
        _buffer.Budget.Charge(24 + ((long)values.Length * Unsafe.SizeOf<T>()));
        return ImmutableArray.Create(values);
    }

    /// <summary>A copy of a vector of bytes that holds structs; its length must be a multiple of theirs.</summary>
    public ImmutableArray<T> BytesAs<T>(int field)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = Values<byte>(field);
        _buffer.Budget.Charge(24 + bytes.Length);
        return ImmutableArray.Create(MemoryMarshal.Cast<byte, T>(bytes));
    }

    /// <summary>A sub-table that must be there.</summary>
    public FlatTable Table(int field)
    {
        long place = Place(field, 4);
        if (place < 0) Fault.Corrupt($"a table lacks its field {field}", FileOffset);
        return At(_buffer, _buffer.Follow(place));
    }

    /// <summary>A vector of tables; empty if missing.</summary>
    public FlatTableVector Tables(int field)
    {
        long place = Place(field, 4);
        if (place < 0) return default;
        long vector = _buffer.Follow(place);
        int count = Count(vector, 4);
        return new(_buffer, vector + 4, count);
    }

    private ReadOnlySpan<byte> Vector(int field, int elementLength)
    {
        long place = Place(field, 4);
        if (place < 0) return default;
        long vector = _buffer.Follow(place);
        return _buffer.Slice(vector + 4, (long)Count(vector, elementLength) * elementLength);
    }

    private int Count(long vector, int elementLength)
    {
        uint count = (uint)_buffer.Int32(vector);
        if (count > (_buffer.Length - vector - 4) / elementLength)
            Fault.Corrupt($"a list claims {count} elements of {elementLength} bytes, beyond the end of its block", _buffer.FileOffset +
                vector);
        return (int)count;
    }

    private ReadOnlySpan<byte> Scalar(int field, int length)
    {
        long place = Place(field, length);
        return place < 0 ? default : _buffer.Slice(place, length);
    }

    private long Place(int field, int length)
    {
        if (field * 2 >= _fieldOffsets.Length) return -1;
        ushort offset = BinaryPrimitives.ReadUInt16LittleEndian(_fieldOffsets[(field * 2)..]);
        if (offset == 0) return -1;
        if (offset + length > _length) Fault.Corrupt($"field {field} of a table lies outside the table", FileOffset);
        return Position + offset;
    }
}
