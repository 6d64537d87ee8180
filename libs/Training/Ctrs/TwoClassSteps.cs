using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Ctrs;

/// <summary>The steps of rows one after another from what was counted before them, sixteen at a time: with whole vectors to the end.</summary>
internal static class TwoClassSteps
{
    /// <summary>Takes counts apart.</summary>
    /// <param name="before">By row: good ones in the upper half, all in the lower one.</param>
    /// <param name="ofRest">Whether those that are not good are to be taken for them.</param>
    /// <param name="good">By row; filled.</param>
    /// <param name="all">By row, and one more; filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split(ReadOnlySpan<ulong> before, bool ofRest, Span<float> good, Span<float> all)
    {
        ref ulong from = ref MemoryMarshal.GetReference(before);
        ref float goods = ref MemoryMarshal.GetReference(good), totals = ref MemoryMarshal.GetReference(all);
        for (nuint row = 0; row < (nuint)before.Length; row += (nuint)Vector256<int>.Count)
        {
            Vector256<ulong> low = Vector256.LoadUnsafe(ref from, row), high = Vector256.LoadUnsafe(ref from, row + (nuint)Vector256<ulong>.Count);
            Vector256<int> total = Vector256.Narrow(low, high).AsInt32(), ones = Vector256.Narrow(low >> 32, high >> 32).AsInt32();
            if (ofRest) ones = total - ones;
            Vector256.ConvertToSingle(ones).StoreUnsafe(ref goods, row);
            (Vector256.ConvertToSingle(total) + Vector256<float>.One).StoreUnsafe(ref totals, row);
        }
    }

    /// <summary>As <see cref="CtrDescription.Bin"/> has them.</summary>
    /// <param name="description">The number.</param>
    /// <param name="good">By row.</param>
    /// <param name="all">By row, and one more.</param>
    /// <param name="steps">By row; filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(CtrDescription description, ReadOnlySpan<float> good, ReadOnlySpan<float> all, Span<byte> steps)
    {
        bool isMoved = description.Shift != 0, isScaled = description.Norm != 1;
        Vector256<float> prior = Vector256.Create(description.Prior), shift = Vector256.Create(description.Shift),
            norm = Vector256.Create(description.Norm), borders = Vector256.Create((float)description.Borders);
        ref float goods = ref MemoryMarshal.GetReference(good), totals = ref MemoryMarshal.GetReference(all);
        ref byte to = ref MemoryMarshal.GetReference(steps);
        for (nuint row = 0; row < (nuint)good.Length; row += 2 * (nuint)Vector256<float>.Count)
        {
            nuint next = row + (nuint)Vector256<float>.Count;
            Vector256<float> share = (Vector256.LoadUnsafe(ref goods, row) + prior) / Vector256.LoadUnsafe(ref totals, row),
                other = (Vector256.LoadUnsafe(ref goods, next) + prior) / Vector256.LoadUnsafe(ref totals, next);
            if (isMoved) (share, other) = (share + shift, other + shift);
            if (isScaled) (share, other) = (share / norm, other / norm);
            var words = Vector256.Narrow(Vector256.ConvertToInt32Native(share * borders), Vector256.ConvertToInt32Native(other * borders));
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().StoreUnsafe(ref to, row);
        }
    }
}
