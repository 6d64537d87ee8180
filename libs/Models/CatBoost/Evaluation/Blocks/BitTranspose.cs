using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Transposes 8 × 8 bits in every 64-bit lane. The bytes come in reverse order, as GFNI counts them: bit <c>j</c> of byte <c>7 - i</c>
/// becomes bit <c>i</c> of byte <c>j</c>.
/// </summary>
internal static class BitTranspose
{
    /// <summary>Bytes 1, 2, 4 … 128: a matrix times these unit vectors gives the matrix' columns.</summary>
    private const ulong UnitVectors = 0x8040201008040201;

    // Without GFNI each step swaps what lies across the diagonal in blocks of 2 × 2, then 4 × 4, then 8 × 8 bits.
    private const ulong Step1 = 0x00AA00AA00AA00AA;
    private const ulong Step2 = 0x0000CCCC0000CCCC;
    private const ulong Step4 = 0x00000000F0F0F0F0;

    private static Vector128<byte> InOrder => Vector128.Create((byte)7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);

    /// <summary>Transposes eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Transpose(Vector512<byte> reversed)
    {
        if (Gfni.V512.IsSupported)
            return Gfni.V512.GaloisFieldAffineTransform(Vector512.Create(UnitVectors).AsByte(), reversed, 0);
        Vector512<ulong> bits = Avx512BW.Shuffle(reversed, Vector512.Create(InOrder)).AsUInt64();
        bits = Swap(bits, 7, Vector512.Create(Step1));
        bits = Swap(bits, 14, Vector512.Create(Step2));
        return Swap(bits, 28, Vector512.Create(Step4)).AsByte();
    }

    /// <summary>Transposes four lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Transpose(Vector256<byte> reversed)
    {
        if (Gfni.V256.IsSupported)
            return Gfni.V256.GaloisFieldAffineTransform(Vector256.Create(UnitVectors).AsByte(), reversed, 0);
        Vector256<ulong> bits = Avx2.Shuffle(reversed, Vector256.Create(InOrder)).AsUInt64();
        bits = Swap(bits, 7, Vector256.Create(Step1));
        bits = Swap(bits, 14, Vector256.Create(Step2));
        return Swap(bits, 28, Vector256.Create(Step4)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Swap(Vector512<ulong> bits, int distance, Vector512<ulong> mask)
    {
        Vector512<ulong> differing = (bits ^ (bits >>> distance)) & mask;
        return bits ^ differing ^ (differing << distance);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Swap(Vector256<ulong> bits, int distance, Vector256<ulong> mask)
    {
        Vector256<ulong> differing = (bits ^ (bits >>> distance)) & mask;
        return bits ^ differing ^ (differing << distance);
    }
}
