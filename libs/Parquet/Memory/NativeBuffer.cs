using System.Runtime.InteropServices;

namespace BatchScoring.Parquet;

/// <summary>Memory outside the garbage collector's reach that starts at a cache line and grows on demand; its content does not survive that.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    /// <summary>Whoever reads or writes whole vectors may run this far over the end.</summary>
    public const int Slack = 512;

    private const int Line = 64;

    ~NativeBuffer() => Free();

    public byte* Start { get; private set; }

    public long Size { get; private set; }

    /// <summary>Room for so many bytes, and <see cref="Slack"/> behind them.</summary>
    public byte* Ensure(long bytes)
    {
        if (bytes <= Size && Start != null) return Start;
        Free();
        var size = Math.Max(bytes, 4096);
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
        Start = null;
        Size = 0;
    }
}
