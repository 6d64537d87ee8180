using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Tables.Csv;

internal readonly unsafe struct Vector128Masks : ICsvMasks
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CsvMasks Of(byte* from, byte delimiter) =>
        new(Find(from, delimiter), Find(from, (byte)'\n'), Find(from, (byte)'\r'), Find(from, (byte)'"'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(byte* from, byte wanted)
    {
        var same = Vector128.Create(wanted);
        return Bits(from, same) | (Bits(from + 16, same) << 16) | (Bits(from + 32, same) << 32) | (Bits(from + 48, same) << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(byte* from, Vector128<byte> same) =>
        Vector128.Equals(Vector128.Load(from), same).ExtractMostSignificantBits();
}
