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
        for (int row = 0; row < before.Length; row += Vector512<int>.Count)
        {
            Vector512<ulong> low = Vector512.Create(before[row..]), high = Vector512.Create(before[(row + Vector512<ulong>.Count)..]);
            Vector512<int> total = Vector512.Narrow(low, high).AsInt32(), ones = Vector512.Narrow(low >> 32, high >> 32).AsInt32();
            if (ofRest) ones = total - ones;
            Vector512.ConvertToSingle(ones).CopyTo(good[row..]);
            (Vector512.ConvertToSingle(total) + Vector512<float>.One).CopyTo(all[row..]);
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
        Vector512<float> prior = Vector512.Create(description.Prior), shift = Vector512.Create(description.Shift),
            norm = Vector512.Create(description.Norm), borders = Vector512.Create((float)description.Borders);
        ref float goods = ref MemoryMarshal.GetReference(good), totals = ref MemoryMarshal.GetReference(all);
        ref byte to = ref MemoryMarshal.GetReference(steps);
        for (int row = 0; row < good.Length; row += Vector512<float>.Count)
        {
            Vector512<float> share = (Vector512.LoadUnsafe(ref goods, (nuint)row) + prior) / Vector512.LoadUnsafe(ref totals, (nuint)row);
            if (isMoved) share += shift;
            if (isScaled) share /= norm;
            var step = Vector512.ConvertToInt32Native(share * borders);
            var words = Vector256.Narrow(step.GetLower(), step.GetUpper());
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().StoreUnsafe(ref to, (nuint)row);
        }
    }
}
