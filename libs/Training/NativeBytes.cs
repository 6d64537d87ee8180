using System.Runtime.InteropServices;

namespace BatchScoring.Training;

/// <summary>Memory that can be given back at once: a table is cut column after column, and each is moved elsewhere soon.</summary>
internal sealed unsafe class NativeBytes
{
    /// <param name="count">All 0.</param>
    public NativeBytes(int count)
    {
        Start = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(1, count));
        GC.AddMemoryPressure(Math.Max(1, count));
        Count = Math.Max(1, count);
    }

    ~NativeBytes() => Free();

    public byte* Start { get; private set; }

    private int Count { get; }

    /// <summary>Nobody may read it any more.</summary>
    public void Free()
    {
        if (Start is null) return;
        NativeMemory.Free(Start);
        Start = null;
        GC.RemoveMemoryPressure(Count);
        GC.SuppressFinalize(this);
    }
}
