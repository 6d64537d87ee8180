namespace BatchScoring.Training.Ctrs;

/// <summary>Memory of a fold that numbers made of categories are counted in, used again and again: large arrays are dear to make.</summary>
/// <param name="rows">Of the fold.</param>
internal sealed class CtrMemory(int rows)
{
    private readonly Stack<PinnedBuffer<byte>> _free = [];
    private readonly Stack<uint[]> _freeCodes = [];
    private ulong[] _counts = [];

    /// <summary>A code per row, of any content.</summary>
    public uint[] Codes() => _freeCodes.TryPop(out uint[]? codes) ? codes : new uint[rows];

    public void TakeBack(uint[] codes) => _freeCodes.Push(codes);

    /// <summary>A cell per key, all 0.</summary>
    public Span<ulong> Counts(int keys)
    {
        if (_counts.Length < keys) _counts = new ulong[keys];
        Span<ulong> counts = _counts.AsSpan(0, keys);
        counts.Clear();
        return counts;
    }

    /// <summary>A word per row, of any content.</summary>
    public PinnedBuffer<byte> Words() =>
        _free.TryPop(out PinnedBuffer<byte>? words) ? words : new PinnedBuffer<byte>((long)rows * OnlineCtrs.Together);

    public void TakeBack(PinnedBuffer<byte> words) => _free.Push(words);
}
