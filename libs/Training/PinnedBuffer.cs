using System.Runtime.CompilerServices;

namespace BatchScoring.Training;

/// <summary>Values that stay where they are in memory, from the start of a cache line on; not cleared when made.</summary>
internal sealed unsafe class PinnedBuffer<T>
    where T : unmanaged
{
    private const int Line = 64;
    private readonly byte[] _memory; // held, not read

    public PinnedBuffer(long count)
    {
        _memory = GC.AllocateUninitializedArray<byte>(checked((int)((count * sizeof(T)) + Line)), pinned: true);
        byte* start = (byte*)Unsafe.AsPointer(ref _memory[0]);
        Start = (T*)(start + ((Line - (nint)start % Line) % Line));
        Count = count;
    }

    public T* Start { get; }

    public long Count { get; }

    public Span<T> Span => new(Start, checked((int)Count));
}
