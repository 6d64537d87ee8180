using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// Up to four numbers of a projection in one byte per row. Of the steps that they could have together few occur: those are numbered.
/// </summary>
/// <param name="Bytes">By row.</param>
/// <param name="First">Which of the projection's numbers is the first.</param>
/// <param name="Numbers">How many there are.</param>
/// <param name="Used">All bytes are smaller.</param>
/// <param name="Steps">By byte: of every number its step in eight bits, the first lowest.</param>
internal sealed unsafe record JointSteps(PinnedBuffer<byte> Bytes, int First, int Numbers, int Used, uint[] Steps)
{
    /// <summary>Numbers that may share a byte.</summary>
    public const int Together = 4;

    /// <summary>Steps of a number at most.</summary>
    public const int Bins = 16;

    private const int StepBits = 4, OffsetBits = 8, Bytewide = 256, ChunkRows = 512;

    /// <summary>In one byte, or where that is not enough, in two.</summary>
    /// <param name="steps">A column per number; <see cref="Together"/> at most.</param>
    /// <param name="first">Which of the projection's numbers is the first.</param>
    /// <param name="memory">Of the fold.</param>
    /// <param name="scratch">Of the thread.</param>
    public static JointSteps[] Of(PinnedBuffer<byte>[] steps, int first, CtrMemory memory, CtrScratch scratch)
    {
        if (Join(steps, first, memory, scratch) is { } all) return [all];
        int half = steps.Length / 2;
        return [Join(steps[..half], first, memory, scratch)!, Join(steps[half..], first + half, memory, scratch)!];
    }

    /// <summary>The step of a number by byte.</summary>
    public byte[] StepsOf(int number)
    {
        byte[] steps = new byte[Bytewide];
        for (int own = 0; own < Used; own++) steps[own] = (byte)(Steps[own] >> (OffsetBits * (number - First)));
        return steps;
    }

    /// <returns>Null if more occur than a byte tells apart.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static JointSteps? Join(PinnedBuffer<byte>[] steps, int first, CtrMemory memory, CtrScratch scratch)
    {
        ushort* codes = stackalloc ushort[ChunkRows], known = stackalloc ushort[Bytewide];
        ushort* numbers = scratch.Numbers.Start; // from 1 on; 0: not seen yet
        PinnedBuffer<byte> bytes = memory.Bytes();
        int used = 0, rows = memory.Rows;
        for (int start = 0; start < rows && used <= Bytewide; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, rows - start);
            Pack(steps, start, count, codes);
            byte* to = bytes.Start + start;
            for (int row = 0; row < count; row++)
            {
                int number = numbers[codes[row]];
                if (number == 0)
                {
                    if (used++ == Bytewide) break;
                    known[used - 1] = codes[row];
                    numbers[codes[row]] = (ushort)(number = used);
                }

                to[row] = (byte)(number - 1);
            }
        }

        for (int i = 0; i < Math.Min(used, Bytewide); i++) numbers[known[i]] = 0;
        if (used > Bytewide)
        {
            memory.TakeBack(bytes);
            return null;
        }

        uint[] stepsOf = new uint[Bytewide];
        for (int i = 0; i < used; i++)
            for (int number = 0; number < steps.Length; number++)
                stepsOf[i] |= (((uint)known[i] >> (StepBits * number)) & (Bins - 1)) << (OffsetBits * number);
        return new JointSteps(bytes, first, steps.Length, used, stepsOf);
    }

    /// <summary>What rows have of all numbers, four bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pack(PinnedBuffer<byte>[] steps, int start, int count, ushort* codes)
    {
        byte* a = steps[0].Start + start, b = steps[Math.Min(1, steps.Length - 1)].Start + start,
            c = steps[Math.Min(2, steps.Length - 1)].Start + start, d = steps[^1].Start + start;
        // A number that is not there has no step.
        ushort own = (ushort)((1u << (StepBits * steps.Length)) - 1);
        var mask = Vector128.Create(own);
        for (int row = 0; row < count; row += Vector128<byte>.Count)
        {
            Vector128<byte> low = Vector128.Load(a + row) | (Vector128.Load(b + row).AsUInt16() << StepBits).AsByte(),
                high = Vector128.Load(c + row) | (Vector128.Load(d + row).AsUInt16() << StepBits).AsByte();
            ((Vector128.WidenLower(low) | (Vector128.WidenLower(high) << OffsetBits)) & mask).Store(codes + row);
            ((Vector128.WidenUpper(low) | (Vector128.WidenUpper(high) << OffsetBits)) & mask).Store(codes + row + Vector128<ushort>.Count);
        }
    }
}
