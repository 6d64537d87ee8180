using System.Runtime.InteropServices;

namespace BatchScoring.Tables.Csv;

/// <summary>An array that stays where it is, for code that works with pointers. Its memory lives as long as the object.</summary>
internal sealed unsafe class PinnedArray<T>(int length) where T : unmanaged
{
    private readonly T[] _items = GC.AllocateUninitializedArray<T>(length, pinned: true);

    public int Length => _items.Length;

    public Span<T> Span => _items;

    public T* Pointer => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_items, 0);
}
