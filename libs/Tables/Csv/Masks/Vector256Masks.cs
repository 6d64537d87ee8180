using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Tables.Csv;

internal readonly unsafe struct Vector256Masks : ICsvMasks
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CsvMasks Of(byte* from, byte delimiter)
    {
        var low = Vector256.Load(from);
        var high = Vector256.Load(from + 32);
        return new CsvMasks(Find(low, high, delimiter), Find(low, high, (byte)'\n'), Find(low, high, (byte)'\r'),
            Find(low, high, (byte)'"'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(Vector256<byte> low, Vector256<byte> high, byte wanted)
    {
        var same = Vector256.Create(wanted);
        return Vector256.Equals(low, same)
            .ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, same).ExtractMostSignificantBits() << 32);
    }
}
