namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The hash table that CatBoost collects keys in: linear probing over a power of two of slots. Its order, slot after slot, is the order in
/// which a finished model's tables are filled.
/// </summary>
internal sealed class DenseHash
{
    private const int UsualSize = 256;
    private ulong?[] _slots;
    private int _filled;

    /// <param name="hint">Keys expected; 0: not known.</param>
    public DenseHash(int hint = 0) =>
        _slots = new ulong?[hint == 0 ? UsualSize : System.Numerics.BitOperations.RoundUpToPowerOf2((uint)hint)];

    /// <summary>Keys, slot after slot.</summary>
    public IEnumerable<ulong> Keys => _slots.OfType<ulong>();

    public void Add(ulong key)
    {
        if (_slots[SlotOf(key)] is not null) return;
        // It grows before the new key is stored.
        if (++_filled >= Math.Max(1, _slots.Length / 2) - 1) Grow();
        _slots[SlotOf(key)] = key;
    }

    private int SlotOf(ulong key)
    {
        int slot = (int)(key & (ulong)(_slots.Length - 1));
        while (_slots[slot] is { } other && other != key) slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        ulong[] keys = [.. Keys];
        _slots = new ulong?[_slots.Length * 2];
        foreach (ulong key in keys) _slots[SlotOf(key)] = key;
    }
}
