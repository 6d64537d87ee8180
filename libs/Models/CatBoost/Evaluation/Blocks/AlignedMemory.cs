using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>Zeroed memory that starts at a cache line and does not move; freed by the garbage collector.</summary>
internal sealed unsafe class AlignedMemory
{
    private const int Line = 64;

    private readonly byte[] _bytes;

    /// <summary>Allocates.</summary>
    /// <param name="bytes">How many bytes.</param>
    public AlignedMemory(long bytes)
    {
        _bytes = GC.AllocateArray<byte>(checked((int)(bytes + Line)), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_bytes));
        Start = (byte*)((start + Line - 1) & -Line);
    }

    /// <summary>The first byte; valid while this object is referenced.</summary>
    public byte* Start { get; }
}
