using System.Buffers.Binary;
using System.Numerics;

namespace BatchScoring.Models;

/// <summary>
/// The number that stands for a category in a model: the low 32 bits of CityHash64, version 1.0 (2011), of the UTF-8 text. Later versions
/// of CityHash give other numbers. The text counts byte by byte: nothing is trimmed or normalised.
/// </summary>
/// <remarks>Source: Google CityHash 1.0.3 (MIT), as CatBoost uses it. Pure functions, thread safe.</remarks>
public static class CategoryHash
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const ulong K3 = 0xc949d7c7509e6557;
    private const ulong Multiplier = 0x9ddfea08eb382d69;

    /// <summary><see cref="Of"/> as models hand it to those who read tables.</summary>
    public static ICategoryEncoder Encoder { get; } = new HashEncoder();

    /// <summary>The hash of a category as models store it and as <see cref="InputBlock"/> carries it.</summary>
    /// <param name="utf8">The category's text; may be empty.</param>
    public static int Of(ReadOnlySpan<byte> utf8) => (int)CityHash64(utf8);

    /// <summary>All 64 bits of the hash.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static ulong CityHash64(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => K2,
        <= 3 => UpTo3(bytes),
        <= 8 => Mix((ulong)bytes.Length + ((ulong)U32(bytes, 0) << 3), U32(bytes, bytes.Length - 4)),
        <= 16 => UpTo16(bytes),
        <= 32 => UpTo32(bytes),
        <= 64 => UpTo64(bytes),
        _ => Long(bytes),
    };

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong Ror(ulong value, int count) => BitOperations.RotateRight(value, count);

    private static ulong Fold(ulong value) => value ^ (value >> 47);

    private static ulong Mix(ulong low, ulong high)
    {
        ulong a = Fold((low ^ high) * Multiplier);
        return Fold((high ^ a) * Multiplier) * Multiplier;
    }

    private static ulong UpTo3(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length;
        uint y = bytes[0] + (256u * bytes[length / 2]);
        uint z = (uint)length + (4u * bytes[length - 1]);
        return Fold((y * K2) ^ (z * K3)) * K2;
    }

    private static ulong UpTo16(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length;
        ulong b = U64(bytes, length - 8);
        return Mix(U64(bytes, 0), Ror(b + (ulong)length, length)) ^ b;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> bytes)
    {
        int length = bytes.Length;
        ulong a = U64(bytes, 0) * K1;
        ulong b = U64(bytes, 8);
        ulong c = U64(bytes, length - 8) * K2;
        ulong d = U64(bytes, length - 16) * K0;
        return Mix(Ror(a - b, 43) + Ror(c, 30) + d, a + Ror(b ^ K3, 20) - c + (ulong)length);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> bytes)
    {
        int n = bytes.Length;
        (ulong First, ulong Second) v = Half(
            U64(bytes, 0) + (((ulong)n + U64(bytes, n - 16)) * K0), U64(bytes, 24), U64(bytes, 8), U64(bytes, 16));
        (ulong First, ulong Second) w =
            Half(U64(bytes, 16) + U64(bytes, n - 32), U64(bytes, n - 8), U64(bytes, n - 24), U64(bytes, n - 16));
        ulong r = Fold(((v.First + w.Second) * K2) + ((w.First + v.Second) * K0));
        return Fold((r * K0) + v.Second) * K2;
    }

    private static (ulong First, ulong Second) Half(ulong a, ulong z, ulong x1, ulong x2)
    {
        ulong b = Ror(a + z, 52);
        ulong c = Ror(a, 37);
        a += x1;
        c += Ror(a, 7);
        a += x2;
        return (a + z, b + Ror(a, 31) + c);
    }

    private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> bytes, int at, ulong a, ulong b)
    {
        ulong z = U64(bytes, at + 24);
        a += U64(bytes, at);
        b = Ror(b + a + z, 21);
        ulong c = a;
        a += U64(bytes, at + 8) + U64(bytes, at + 16);
        b += Ror(a, 44);
        return (a + z, b + c);
    }

    private static ulong Long(ReadOnlySpan<byte> bytes)
    {
        int n = bytes.Length;
        ulong x = U64(bytes, 0);
        ulong y = U64(bytes, n - 16) ^ K1;
        ulong z = U64(bytes, n - 56) ^ K0;
        (ulong First, ulong Second) v = Weak(bytes, n - 64, (ulong)n, y);
        (ulong First, ulong Second) w = Weak(bytes, n - 32, (ulong)n * K1, K0);
        z += Fold(v.Second) * K1;
        x = Ror(z + x, 39) * K1;
        y = Ror(y, 33) * K1;
        int end = (n - 1) & ~63;
        for (int at = 0; at < end; at += 64)
        {
            x = Ror(x + y + v.First + U64(bytes, at + 16), 37) * K1;
            y = Ror(y + v.Second + U64(bytes, at + 48), 42) * K1;
            x ^= w.Second;
            y ^= v.First;
            z = Ror(z ^ w.First, 33);
            v = Weak(bytes, at, v.Second * K1, x + w.First);
            w = Weak(bytes, at + 32, z + w.Second, y);
            (x, z) = (z, x);
        }

        return Mix(Mix(v.First, w.First) + (Fold(y) * K1) + z, Mix(v.Second, w.Second) + x);
    }

    private sealed class HashEncoder : ICategoryEncoder
    {
        public int Encode(ReadOnlySpan<byte> utf8) => Of(utf8);
    }
}
