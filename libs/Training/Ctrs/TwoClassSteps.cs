using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BatchScoring.Models;

namespace BatchScoring.Training.Ctrs;

/// <summary>The steps of rows one after another from what was counted before them, sixteen at a time.</summary>
internal static class TwoClassSteps
{
    /// <param name="description">The number.</param>
    /// <param name="before">By row: good ones in the upper half, all in the lower one.</param>
    /// <param name="words">By row; a byte of each is filled.</param>
    /// <param name="place">Which byte, still 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Of(CtrDescription description, ReadOnlySpan<ulong> before, Span<byte> words, int place)
    {
        bool countsFirstClass = description.Type == CtrType.Buckets && description.TargetBorder == 0, isScaled = description.Norm != 1;
        Span<int> bins = MemoryMarshal.Cast<byte, int>(words);
        Vector512<float> prior = Vector512.Create(description.Prior), shift = Vector512.Create(description.Shift),
            norm = Vector512.Create(description.Norm), borders = Vector512.Create((float)description.Borders);
        int row = 0;
        for (; row <= before.Length - Vector512<int>.Count; row += Vector512<int>.Count)
        {
            Vector512<ulong> low = Vector512.Create(before[row..]), high = Vector512.Create(before[(row + Vector512<ulong>.Count)..]);
            Vector512<int> total = Vector512.Narrow(low, high).AsInt32(), good = Vector512.Narrow(low >> 32, high >> 32).AsInt32();
            if (countsFirstClass) good = total - good;
            Vector512<float> share = (Vector512.ConvertToSingle(good) + prior) / (Vector512.ConvertToSingle(total) + Vector512<float>.One);
            share += shift;
            if (isScaled) share /= norm;
            var step = Vector512.ConvertToInt32Native(share * borders);
            (Vector512.Create<int>(bins[row..]) | (step << (8 * place))).CopyTo(bins[row..]);
        }

        for (; row < before.Length; row++)
        {
            int total = (int)(uint)before[row], good = (int)(before[row] >> 32);
            words[(row * OnlineCtrs.Together) + place] = description.Bin(countsFirstClass ? total - good : good, total);
        }
    }
}
