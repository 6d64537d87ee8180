using System.Text;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>A vector of offsets to tables or strings.</summary>
internal readonly ref struct FlatTableVector(FlatBuffer buffer, long firstOffset, int count)
{
    private readonly FlatBuffer _buffer = buffer;

    public int Count { get; } = count;

    public FlatTable this[int index] => FlatTable.At(_buffer, _buffer.Follow(firstOffset + (4L * index)));

    /// <summary>The element as a string instead of a table.</summary>
    public string String(int index)
    {
        long place = _buffer.Follow(firstOffset + (4L * index));
        ReadOnlySpan<byte> bytes = _buffer.Slice(place + 4, (uint)_buffer.Int32(place));
        _buffer.Budget.Charge(32 + (2L * bytes.Length));
        return Encoding.UTF8.GetString(bytes);
    }
}
