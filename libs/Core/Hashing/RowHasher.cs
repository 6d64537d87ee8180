using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace BatchScoring.Core;

/// <summary>
/// Hashes rows column by column: two 64-bit multiply-rotate lanes per row, joined and avalanched at the end. A row's hash covers, per
/// column in schema order, the name, a null flag, the length and the bytes (little-endian); a double or float is its bits, with one NaN
/// and −0 kept. The definition with test vectors stands in docs/protocols/content-hash.md.
/// </summary>
/// <remarks>
/// Not thread safe; one per worker, reused from block to block. Allocates only when a block is larger than every one before.
/// </remarks>
public sealed class RowHasher
{
    private const ulong MultiplierA = 0x9FB21C651E98DF25;
    private const ulong MultiplierB = 0xD6E8FEB86659FD93;
    private const ulong StartA = 0x243F6A8885A308D3;
    private const ulong StartB = 0x13198A2E03707344;

    private ulong[] _a = [];
    private ulong[] _b = [];
    private int _rows;

    /// <summary>The seed that stands for a column's name; compute it once per column.</summary>
    public static ulong NameSeed(string name)
    {
        ulong a = StartA, b = StartB;
        AbsorbBytes(ref a, ref b, 0, Encoding.UTF8.GetBytes(name));
        return Avalanche(a + b);
    }

    /// <summary>Starts a block of rows; every column is then added for all of its rows, in schema order.</summary>
    public void Begin(int rows)
    {
        if (_a.Length < rows)
        {
            _a = new ulong[rows];
            _b = new ulong[rows];
        }

        _rows = rows;
        _a.AsSpan(0, rows).Fill(StartA);
        _b.AsSpan(0, rows).Fill(StartB);
    }

    /// <summary>Adds a column of doubles.</summary>
    /// <param name="seed">From <see cref="NameSeed"/>.</param>
    /// <param name="values">One value per row.</param>
    /// <param name="validity">Bit i of word i/64 is set where row i is not null; empty when no row is null.</param>
    public void Add(ulong seed, ReadOnlySpan<double> values, ReadOnlySpan<ulong> validity)
    {
        for (int i = 0; i < _rows; i++)
        {
            double value = values[i];
            AddWord(i, seed, sizeof(double), BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value),
                IsValid(validity, i));
        }
    }

    /// <summary>Adds a column of floats.</summary>
    /// <inheritdoc cref="Add(ulong, ReadOnlySpan{double}, ReadOnlySpan{ulong})"/>
    public void Add(ulong seed, ReadOnlySpan<float> values, ReadOnlySpan<ulong> validity)
    {
        for (int i = 0; i < _rows; i++)
        {
            float value = values[i];
            AddWord(i, seed, sizeof(float), BitConverter.SingleToUInt32Bits(float.IsNaN(value) ? float.NaN : value), IsValid(validity, i));
        }
    }

    /// <summary>Adds a column of fixed-width integers (or booleans, dates, timestamps as their integers), at most 8 bytes each.</summary>
    /// <inheritdoc cref="Add(ulong, ReadOnlySpan{double}, ReadOnlySpan{ulong})"/>
    public void AddInteger<T>(ulong seed, ReadOnlySpan<T> values, ReadOnlySpan<ulong> validity)
        where T : unmanaged, IBinaryInteger<T>
    {
        int size = Marshal.SizeOf<T>();
        ulong mask = size == 8 ? ulong.MaxValue : (1UL << (8 * size)) - 1;
        for (int i = 0; i < _rows; i++)
            AddWord(i, seed, size, ulong.CreateTruncating(values[i]) & mask, IsValid(validity, i));
    }

    /// <summary>Adds one cell of text or bytes.</summary>
    /// <param name="row">Row within the block.</param>
    /// <param name="seed">From <see cref="NameSeed"/>.</param>
    /// <param name="utf8">The bytes.</param>
    public void AddText(int row, ulong seed, ReadOnlySpan<byte> utf8) => AbsorbBytes(ref _a[row], ref _b[row], seed, utf8);

    /// <summary>Adds one null cell.</summary>
    /// <param name="row">Row within the block.</param>
    /// <param name="seed">From <see cref="NameSeed"/>.</param>
    public void AddNull(int row, ulong seed) => Absorb(ref _a[row], ref _b[row], seed);

    /// <summary>The hash of one row of the block, once all columns were added.</summary>
    public UInt128 Row(int row)
    {
        ulong high = Avalanche(_a[row] + BitOperations.RotateLeft(_b[row], 32));
        ulong low = Avalanche(_b[row] ^ high);
        return new UInt128(high, low);
    }

    private static bool IsValid(ReadOnlySpan<ulong> validity, int row) => validity.IsEmpty || (validity[row >> 6] >> (row & 63) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddWord(int row, ulong seed, int size, ulong word, bool valid)
    {
        ref ulong a = ref _a[row];
        ref ulong b = ref _b[row];
        if (!valid)
        {
            Absorb(ref a, ref b, seed);
            return;
        }

        Absorb(ref a, ref b, seed + LengthMark(size));
        Absorb(ref a, ref b, word);
    }

    private static void AbsorbBytes(ref ulong a, ref ulong b, ulong seed, ReadOnlySpan<byte> bytes)
    {
        Absorb(ref a, ref b, seed + LengthMark(bytes.Length));
        while (bytes.Length >= sizeof(ulong))
        {
            Absorb(ref a, ref b, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        if (bytes.IsEmpty) return;
        ulong last = 0;
        for (int i = 0; i < bytes.Length; i++) last |= (ulong)bytes[i] << (8 * i);
        Absorb(ref a, ref b, last);
    }

    /// <summary>Never 0, so that an empty text differs from null.</summary>
    private static ulong LengthMark(int length) => ((ulong)length << 1) | 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ref ulong a, ref ulong b, ulong word)
    {
        a = BitOperations.RotateLeft((a ^ word) * MultiplierA, 31);
        b = BitOperations.RotateLeft((b + word) * MultiplierB, 27);
    }

    private static ulong Avalanche(ulong x)
    {
        x = (x ^ (x >> 32)) * MultiplierA;
        x = (x ^ (x >> 29)) * MultiplierB;
        return x ^ (x >> 32);
    }
}
