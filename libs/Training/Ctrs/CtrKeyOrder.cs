using System.Numerics;

namespace BatchScoring.Training.Ctrs;

/// <summary>Different keys in the order of the open hash table that CatBoost counts them in.</summary>
internal sealed class CtrKeyOrder
{
    private const int UsualSize = 256;
    private ulong?[] _slots;
    private int _filled;

    /// <param name="expected">Keys; 0: unknown.</param>
    public CtrKeyOrder(long expected) => _slots = new ulong?[expected == 0 ? UsualSize : BitOperations.RoundUpToPowerOf2((ulong)expected)];

    /// <summary>Slot after slot.</summary>
    public IEnumerable<ulong> Keys => _slots.Where(slot => slot is not null).Select(slot => slot!.Value);

    /// <param name="key">Not there yet.</param>
    public void Add(ulong key)
    {
        _filled++;
        if (_filled >= Math.Max(1, _slots.Length / 2) - 1)
        {
            ulong[] old = [.. Keys];
            _slots = new ulong?[_slots.Length * 2];
            foreach (ulong one in old) Put(one);
        }

        Put(key);
    }

    private void Put(ulong key)
    {
        int mask = _slots.Length - 1, slot = (int)(key & (ulong)mask);
        for (int step = 1; _slots[slot] is not null; step++) slot = (slot + step) & mask;
        _slots[slot] = key;
    }
}
