using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Tables.Csv;

internal readonly unsafe struct Vector512Masks : ICsvMasks
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CsvMasks Of(byte* from, byte delimiter)
    {
        var bytes = Vector512.Load(from);
        return new CsvMasks(Find(bytes, delimiter), Find(bytes, (byte)'\n'), Find(bytes, (byte)'\r'), Find(bytes, (byte)'"'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Find(Vector512<byte> bytes, byte wanted) =>
        Vector512.Equals(bytes, Vector512.Create(wanted)).ExtractMostSignificantBits();
}
