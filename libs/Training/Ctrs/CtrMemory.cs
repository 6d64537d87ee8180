using System.Numerics;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// Memory of a fold that numbers made of categories are counted in, used again and again: large arrays are dear to make. Threads may take
/// and give back at once.
/// </summary>
/// <param name="rows">Of the fold.</param>
internal sealed class CtrMemory(int rows)
{
    /// <summary>Kernels read and write vectors: so many more than there are.</summary>
    internal const int Beyond = 64;

    private readonly Stack<PinnedBuffer<byte>> _free = [];
    private readonly Stack<uint[]> _freeCodes = [];
    private readonly Stack<CtrScratch> _freeScratch = [];

    public int Rows => rows;

    /// <summary>A code per row, of any content.</summary>
    public uint[] Codes() => Pop(_freeCodes) ?? new uint[rows];

    /// <summary>A byte per row, of any content.</summary>
    public PinnedBuffer<byte> Bytes() => Pop(_free) ?? new PinnedBuffer<byte>((long)rows + Beyond);

    public CtrScratch Scratch() => Pop(_freeScratch) ?? new CtrScratch();

    public void TakeBack(uint[] codes) => Push(_freeCodes, codes);

    public void TakeBack(PinnedBuffer<byte> bytes) => Push(_free, bytes);

    public void TakeBack(CtrScratch scratch) => Push(_freeScratch, scratch);

    private T? Pop<T>(Stack<T> free)
        where T : class
    {
        lock (_free) return free.TryPop(out T? one) ? one : null;
    }

    private void Push<T>(Stack<T> free, T one)
    {
        lock (_free) free.Push(one);
    }
}

/// <summary>What is needed only while numbers are made.</summary>
internal sealed class CtrScratch
{
    private PinnedBuffer<ushort>? _numbers;
    private ulong[] _counts = [];
    private byte[] _steps = [];

    /// <summary>A cell per key, all 0.</summary>
    public Span<ulong> Counts(int keys)
    {
        if (_counts.Length < keys) _counts = new ulong[BitOperations.RoundUpToPowerOf2((uint)keys)];
        Span<ulong> counts = _counts.AsSpan(0, keys);
        counts.Clear();
        return counts;
    }

    /// <summary>A step per key, of any content.</summary>
    public Span<byte> Steps(int keys)
    {
        if (_steps.Length < keys + CtrMemory.Beyond) _steps = new byte[keys + CtrMemory.Beyond];
        return _steps;
    }

    /// <summary>A number for everything that rows may have of four numbers; all 0, and so when left.</summary>
    public PinnedBuffer<ushort> Numbers
    {
        get
        {
            if (_numbers is not null) return _numbers;
            _numbers = new PinnedBuffer<ushort>(ushort.MaxValue + 1);
            _numbers.Span.Clear();
            return _numbers;
        }
    }
}
