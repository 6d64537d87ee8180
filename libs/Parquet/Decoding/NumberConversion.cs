using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Parquet;

/// <summary>
/// Values of a page, as they lie there, as floats: one rounding, to the nearest, ties to even, as DuckDB's cast and ours from double.
/// </summary>
internal static unsafe class NumberConversion
{
    private const int FloatBits = 24;

    /// <summary>Bytes of a PLAIN value.</summary>
    public static int Width(ParquetType type) => type is ParquetType.Int64 or ParquetType.Double ? 8 : 4;

    public static void ToFloats(DecodeKernels kernels, byte* from, NumberKind kind, int count, float* to)
    {
        switch (kind)
        {
            case NumberKind.Float:
                Buffer.MemoryCopy(from, to, count * 4L, count * 4L);
                break;
            case NumberKind.Double:
                kernels.Round((double*)from, count, to);
                break;
            case NumberKind.Int8:
                for (int i = 0; i < count; i++) to[i] = (sbyte)((int*)from)[i];
                break;
            case NumberKind.Int16:
                for (int i = 0; i < count; i++) to[i] = (short)((int*)from)[i];
                break;
            case NumberKind.Int32:
                for (int i = 0; i < count; i++) to[i] = ((int*)from)[i];
                break;
            case NumberKind.UInt8:
                for (int i = 0; i < count; i++) to[i] = (byte)((uint*)from)[i];
                break;
            case NumberKind.UInt16:
                for (int i = 0; i < count; i++) to[i] = (ushort)((uint*)from)[i];
                break;
            case NumberKind.UInt32:
                for (int i = 0; i < count; i++) to[i] = OfInt64(((uint*)from)[i]);
                break;
            case NumberKind.Int64:
                for (int i = 0; i < count; i++) to[i] = OfInt64(((long*)from)[i]);
                break;
            case NumberKind.UInt64:
                for (int i = 0; i < count; i++) to[i] = OfUInt64(((ulong*)from)[i]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "It has no PLAIN form of whole bytes.");
        }
    }

    /// <summary>Never through double, which would round twice.</summary>
    private static float OfInt64(long value)
    {
        if (Sse.X64.IsSupported) return Sse.X64.ConvertScalarToVector128Single(default, value).ToScalar();
        return value < 0 ? -OfUInt64((ulong)-value) : OfUInt64((ulong)value);
    }

    /// <summary>Keeps the highest 24 bits and rounds by the others.</summary>
    private static float OfUInt64(ulong value)
    {
        int surplus = 64 - FloatBits - BitOperations.LeadingZeroCount(value);
        if (surplus <= 0) return (int)value;
        ulong kept = value >> surplus;
        ulong rest = value & ((1ul << surplus) - 1);
        ulong half = 1ul << (surplus - 1);
        if (rest > half || (rest == half && (kept & 1) != 0)) kept++;
        return MathF.ScaleB((int)kept, surplus);
    }
}
