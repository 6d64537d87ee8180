using System.Runtime.InteropServices;

namespace BatchScoring.Parquet;

/// <summary>
/// Memory outside the garbage collector's reach that starts at a cache line and grows on demand; its content does not survive that.
/// </summary>
/// <param name="budget">What limits it; null for nothing.</param>
internal sealed unsafe class NativeBuffer(MemoryBudget? budget = null) : IDisposable
{
    /// <summary>Whoever reads or writes whole vectors may run this far over the end.</summary>
    public const int Slack = 512;

    private const int Line = 64;
    private const int SmallestSize = 4096;

    ~NativeBuffer() => Free();

    public byte* Start { get; private set; }

    public long Size { get; private set; }

    /// <summary>Room for so many bytes, and <see cref="Slack"/> behind them.</summary>
    public byte* Ensure(long bytes)
    {
        if (bytes <= Size && Start != null) return Start;
        Free();
        // A little more: the next one is often a little larger.
        long size = Math.Max(bytes + (bytes / 8), SmallestSize);
        budget?.Reserve(size);
        Start = (byte*)NativeMemory.AlignedAlloc((nuint)(size + Slack), Line);
        new Span<byte>(Start + size, Slack).Clear();
        Size = size;
        return Start;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Start);
        budget?.Release(Size);
        Start = null;
        Size = 0;
    }
}
