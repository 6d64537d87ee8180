using System.Text;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>Writes the Thrift compact protocol.</summary>
internal sealed class ThriftWriter
{
    private const byte BooleanTrue = 1, BooleanFalse = 2, Int32Type = 5, Int64Type = 6, BinaryType = 8, ListType = 9, StructType = 12;

    private readonly List<byte> _bytes = [];
    private readonly Stack<int> _fields = new([0]);

    public byte[] ToArray() => [.. _bytes];

    public ThriftWriter Int32(int id, long value)
    {
        Head(id, Int32Type);
        ZigZag(value);
        return this;
    }

    public ThriftWriter Int64(int id, long value)
    {
        Head(id, Int64Type);
        ZigZag(value);
        return this;
    }

    public ThriftWriter Boolean(int id, bool value)
    {
        Head(id, value ? BooleanTrue : BooleanFalse);
        return this;
    }

    public ThriftWriter Text(int id, string value)
    {
        Head(id, BinaryType);
        Raw(value);
        return this;
    }

    public ThriftWriter Begin(int id)
    {
        Head(id, StructType);
        _fields.Push(0);
        return this;
    }

    public ThriftWriter End()
    {
        _bytes.Add(0);
        _fields.Pop();
        return this;
    }

    public ThriftWriter Structs<T>(int id, IReadOnlyCollection<T> items, Action<T> write)
    {
        List(id, StructType, items.Count);
        foreach (T? item in items)
        {
            _fields.Push(0);
            write(item);
            End();
        }

        return this;
    }

    public ThriftWriter Int32s(int id, params int[] values)
    {
        List(id, Int32Type, values.Length);
        foreach (int value in values) ZigZag(value);
        return this;
    }

    public ThriftWriter Texts(int id, params string[] values)
    {
        List(id, BinaryType, values.Length);
        foreach (string value in values) Raw(value);
        return this;
    }

    public ThriftWriter Finish()
    {
        _bytes.Add(0);
        return this;
    }

    private void List(int id, byte element, int count)
    {
        Head(id, ListType);
        _bytes.Add((byte)((Math.Min(count, 15) << 4) | element));
        if (count >= 15) Varint((ulong)count);
    }

    private void Raw(string value)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(value);
        Varint((ulong)utf8.Length);
        _bytes.AddRange(utf8);
    }

    private void Head(int id, byte type)
    {
        int delta = id - _fields.Pop();
        _fields.Push(id);
        _bytes.Add((byte)((delta << 4) | type));
    }

    private void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Varint(ulong value)
    {
        for (; value > 127; value >>= 7) _bytes.Add((byte)(value | 128));
        _bytes.Add((byte)value);
    }
}
