using System.Buffers.Binary;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>A FlatBuffer inside a model file. Every read is checked against its end.</summary>
/// <param name="bytes">The buffer.</param>
/// <param name="fileOffset">Where it begins in the model file, for messages.</param>
/// <param name="budget">Pays for what is copied out of it.</param>
internal readonly ref struct FlatBuffer(ReadOnlySpan<byte> bytes, long fileOffset, LoadBudget budget)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Length => _bytes.Length;

    public LoadBudget Budget { get; } = budget;

    public long FileOffset { get; } = fileOffset;

    public FlatTable Root() => FlatTable.At(this, Follow(0));

    /// <summary>The bytes [position, position + length).</summary>
    public ReadOnlySpan<byte> Slice(long position, long length)
    {
        if (position < 0 || length < 0 || position + length > _bytes.Length)
            Fault.Corrupt($"{length} bytes do not fit before the end of their block", FileOffset + Math.Clamp(position, 0, _bytes.Length));
        return _bytes.Slice((int)position, (int)length);
    }

    public ushort UInt16(long position) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(position, 2));

    public int Int32(long position) => BinaryPrimitives.ReadInt32LittleEndian(Slice(position, 4));

    /// <summary>Follows the unsigned offset that stands at a position.</summary>
    public long Follow(long position) => position + BinaryPrimitives.ReadUInt32LittleEndian(Slice(position, 4));
}
