using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>A table to be written: its fields by number, and what follows behind it.</summary>
internal sealed class FlatTableWriter
{
    private readonly List<(int Field, byte[] Bytes, Action<FlatWriter, int>? Child)> _fields = [];

    public FlatTableWriter Bool(int field, bool value) => Add(field, [value ? (byte)1 : (byte)0]);

    public FlatTableWriter Byte(int field, int value) => Add(field, [(byte)value]);

    public FlatTableWriter Int32(int field, int value) => Add(field, BitConverter.GetBytes(value));

    public FlatTableWriter Single(int field, float value) => Add(field, BitConverter.GetBytes(value));

    public FlatTableWriter Double(int field, double value) => Add(field, BitConverter.GetBytes(value));

    public FlatTableWriter Text(int field, string text) => Add(field, new byte[4], (writer, place) => writer.Text(place, text));

    public FlatTableWriter Table(int field, FlatTableWriter table) => Add(field, new byte[4], table.WriteTo);

    /// <summary>A vector of scalars or structs.</summary>
    public FlatTableWriter Values<T>(int field, ReadOnlyMemory<T> values, int alignment)
        where T : unmanaged => Add(field, new byte[4], (writer, place) => writer.Values(place, values.Span, alignment));

    /// <summary>A vector of bytes that holds structs.</summary>
    public FlatTableWriter Bytes<T>(int field, ReadOnlyMemory<T> values)
        where T : unmanaged => Add(field, new byte[4], (writer, place) => writer.Values(place, MemoryMarshal.AsBytes(values.Span), 1));

    /// <summary>A vector of tables, made one by one.</summary>
    public FlatTableWriter Tables<T>(int field, IReadOnlyList<T> items, Func<T, FlatTableWriter> write) => Add(
        field, new byte[4], (writer, place) =>
            writer.Offsets(place, items.Count, (i, element) => write(items[i]).WriteTo(writer, element)));

    public FlatTableWriter Texts(int field, IReadOnlyList<string> texts) => Add(
        field, new byte[4], (writer, place) => writer.Offsets(place, texts.Count, (i, element) => writer.Text(element, texts[i])));

    /// <summary>Writes layout, table and what it refers to.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="place">The offset that shall refer to the table.</param>
    public void WriteTo(FlatWriter writer, int place)
    {
        // The largest fields first: then all are aligned without gaps.
        var fields = _fields.OrderByDescending(field => field.Bytes.Length).ToList();
        int slots = _fields.Max(field => field.Field) + 1;
        writer.Align(2);
        int layout = writer.Reserve(4 + (2 * slots));
        writer.Align(8, offset: 4);
        int table = writer.Reserve(4);
        writer.Refer(place, table);
        BinaryPrimitives.WriteInt32LittleEndian(writer.At(table, 4), table - layout);
        var places = new List<int>();
        foreach ((int field, byte[] bytes, Action<FlatWriter, int>? _) in fields)
        {
            places.Add(writer.Reserve(bytes.Length));
            bytes.CopyTo(writer.At(places[^1], bytes.Length));
            BinaryPrimitives.WriteUInt16LittleEndian(writer.At(layout + 4 + (2 * field), 2), (ushort)(places[^1] - table));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(writer.At(layout, 2), (ushort)(4 + (2 * slots)));
        BinaryPrimitives.WriteUInt16LittleEndian(writer.At(layout + 2, 2), (ushort)(writer.Length - table));
        for (int i = 0; i < fields.Count; i++) fields[i].Child?.Invoke(writer, places[i]);
    }

    /// <summary>A field by its bytes; a child is written behind the table and referred to from the field.</summary>
    public FlatTableWriter Add(int field, byte[] bytes, Action<FlatWriter, int>? child = null)
    {
        _fields.Add((field, bytes, child));
        return this;
    }
}
