using System.Text;

namespace BatchScoring.Parquet;

/// <summary>
/// Reads the Thrift compact protocol (thrift.apache.org, "Thrift Compact protocol encoding") from memory. Nothing is believed: every read
/// is checked against the end, lists cannot be longer than the bytes that are left, nesting has a limit.
/// </summary>
internal unsafe ref struct ThriftReader(byte* start, long length)
{
    private const int MostDepth = 24;
    private const int LongestVarint = 10;

    private readonly byte* _start = start;
    private readonly byte* _end = start + length;
    private byte* _at = start;

    public readonly long Offset => _at - _start;

    private readonly long Left => _end - _at;

    /// <summary>The next field of a struct; the number before it goes in, its own comes out.</summary>
    /// <returns>False at the struct's end.</returns>
    public bool NextField(ref short id, out ThriftType type)
    {
        byte head = Byte();
        type = (ThriftType)(head & 15);
        if (type == ThriftType.Stop) return false;
        if (type > ThriftType.Struct) ThrowUnsupported.Footer($"Thrift type {(int)type} does not exist");
        int delta = head >> 4;
        id = delta != 0 ? (short)(id + delta) : (short)ZigZag();
        return true;
    }

    public int Int32(ThriftType type)
    {
        if (type != ThriftType.Int32) Wrong(type, ThriftType.Int32);
        long value = ZigZag();
        if (value is < int.MinValue or > int.MaxValue) ThrowUnsupported.Footer("a number is out of range");
        return (int)value;
    }

    public long Int64(ThriftType type)
    {
        if (type != ThriftType.Int64) Wrong(type, ThriftType.Int64);
        return ZigZag();
    }

    public byte Byte(ThriftType type)
    {
        if (type != ThriftType.Byte) Wrong(type, ThriftType.Byte);
        return Byte();
    }

    public static bool Boolean(ThriftType type)
    {
        if (type is not (ThriftType.True or ThriftType.False)) Wrong(type, ThriftType.True);
        return type == ThriftType.True;
    }

    public ReadOnlySpan<byte> Binary(ThriftType type)
    {
        if (type != ThriftType.Binary) Wrong(type, ThriftType.Binary);
        ulong size = Varint();
        if (size > (ulong)Left) ThrowUnsupported.Footer("a text is longer than what is left");
        var bytes = new ReadOnlySpan<byte>(_at, (int)size);
        _at += size;
        return bytes;
    }

    public string Text(ThriftType type) => Encoding.UTF8.GetString(Binary(type));

    /// <summary>The head of a list; every element takes a byte at least.</summary>
    public int List(ThriftType type, ThriftType element)
    {
        if (type != ThriftType.List) Wrong(type, ThriftType.List);
        (ThriftType found, int count) = ListHead();
        if (count > 0 && found != element) Wrong(found, element);
        return count;
    }

    public void Skip(ThriftType type) => Skip(type, 0);

    private static void Wrong(ThriftType found, ThriftType expected) =>
        ThrowUnsupported.Footer($"a field is of Thrift type {found}, expected was {expected}");

    private void Skip(ThriftType type, int depth)
    {
        if (depth > MostDepth) ThrowUnsupported.Footer("structs are nested too deeply");
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                Byte();
                break;
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                Varint();
                break;
            case ThriftType.Double:
                Advance(sizeof(double));
                break;
            case ThriftType.Binary:
                Advance(Varint());
                break;
            case ThriftType.List or ThriftType.Set:
                (ThriftType element, int count) = ListHead();
                for (int i = 0; i < count; i++) SkipElement(element, depth + 1);
                break;
            case ThriftType.Map:
                SkipMap(depth);
                break;
            case ThriftType.Struct:
                short id = 0;
                while (NextField(ref id, out ThriftType field)) Skip(field, depth + 1);
                break;
            default:
                ThrowUnsupported.Footer($"Thrift type {type} cannot stand here");
                break;
        }
    }

    /// <summary>In lists and maps a truth value is a byte; as a field it is the field's type.</summary>
    private void SkipElement(ThriftType type, int depth)
    {
        if (type is ThriftType.True or ThriftType.False) Byte();
        else Skip(type, depth);
    }

    private void SkipMap(int depth)
    {
        ulong count = Varint();
        if (count == 0) return;
        if (count > (ulong)Left) ThrowUnsupported.Footer("a map is longer than what is left");
        byte types = Byte();
        for (ulong i = 0ul; i < count; i++)
        {
            SkipElement((ThriftType)(types >> 4), depth + 1);
            SkipElement((ThriftType)(types & 15), depth + 1);
        }
    }

    private (ThriftType Element, int Count) ListHead()
    {
        byte head = Byte();
        ulong count = (ulong)(head >> 4);
        if (count == 15) count = Varint();
        if (count > (ulong)Left) ThrowUnsupported.Footer("a list is longer than what is left");
        return ((ThriftType)(head & 15), (int)count);
    }

    private byte Byte()
    {
        if (_at >= _end) ThrowUnsupported.Footer("it ends too early");
        return *_at++;
    }

    private void Advance(ulong bytes)
    {
        if (bytes > (ulong)Left) ThrowUnsupported.Footer("it ends too early");
        _at += bytes;
    }

    private long ZigZag()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte next = Byte();
            value |= (ulong)(next & 127) << (7 * i);
            if (next < 128) return value;
        }

        ThrowUnsupported.Footer("a number does not end");
        return 0;
    }
}
