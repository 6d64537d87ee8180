using System.Numerics;

namespace BatchScoring.Training.Ctrs;

/// <summary>Memory of a fold that numbers made of categories are counted in, used again and again: large arrays are dear to make.</summary>
/// <param name="rows">Of the fold.</param>
internal sealed class CtrMemory(int rows)
{
    /// <summary>Kernels read and write vectors: so many rows more than there are.</summary>
    private const int Beyond = 64;

    private readonly Stack<PinnedBuffer<byte>> _free = [];
    private readonly Stack<uint[]> _freeCodes = [];
    private PinnedBuffer<ushort>? _numbers;
    private ulong[] _counts = [];
    private byte[] _steps = [];

    public int Rows => rows;

    /// <summary>A code per row, of any content.</summary>
    public uint[] Codes() => _freeCodes.TryPop(out uint[]? codes) ? codes : new uint[rows];

    public void TakeBack(uint[] codes) => _freeCodes.Push(codes);

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
        if (_steps.Length < keys + Beyond) _steps = new byte[keys + Beyond];
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

    /// <summary>A byte per row, of any content.</summary>
    public PinnedBuffer<byte> Bytes() => _free.TryPop(out PinnedBuffer<byte>? bytes) ? bytes : new PinnedBuffer<byte>((long)rows + Beyond);

    public void TakeBack(PinnedBuffer<byte> bytes) => _free.Push(bytes);
}
