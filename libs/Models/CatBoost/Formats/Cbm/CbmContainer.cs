using System.Buffers.Binary;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Cuts a <c>.cbm</c> file into its blocks: magic, core, parts; each block with its size before it.</summary>
/// <param name="file">The whole file.</param>
internal ref struct CbmContainer(ReadOnlySpan<byte> file)
{
    public const uint ShortSizeEnd = uint.MaxValue;

    private readonly ReadOnlySpan<byte> _file = file;

    public static ReadOnlySpan<byte> Magic => "CBM1"u8;

    /// <summary>Where the next block begins.</summary>
    public long Position { get; private set; }

    public readonly bool AtEnd => Position == _file.Length;

    /// <summary>Who recognised the file has looked at the magic.</summary>
    public void SkipMagic() => Position = Magic.Length;

    /// <summary>A size field: 4 bytes, or 0xFFFFFFFF and 8 more.</summary>
    public long Size()
    {
        long size = (long)BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
        if (size != ShortSizeEnd) return size;
        long place = Position;
        ulong large = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        if (large > long.MaxValue) Fault.Corrupt($"a block claims {large} bytes", place);
        return (long)large;
    }

    /// <summary>A block with its size before it.</summary>
    public ReadOnlySpan<byte> Block() => Take(Size());

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length > _file.Length - Position)
            Fault.Corrupt($"a block of {length} bytes is announced, {_file.Length - Position} are left", Position);
        ReadOnlySpan<byte> bytes = _file.Slice((int)Position, (int)length);
        Position += length;
        return bytes;
    }
}
