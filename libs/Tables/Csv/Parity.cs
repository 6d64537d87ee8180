using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Tables.Csv;

/// <summary>Whether bytes are quoted, carried from 64 bytes to the next.</summary>
internal struct Parity
{
    /// <summary>All ones where the last byte was quoted.</summary>
    public ulong Inside;

    /// <summary>1 where the last byte was a quote that closes.</summary>
    public ulong AfterQuote;

    /// <summary>1 where a quote may come next: at the beginning of a cell, and behind a quote that closes.</summary>
    public ulong AtCell;

    /// <summary>Before the first byte of a row.</summary>
    public static Parity AtRow => new() { AtCell = 1 };

    /// <summary>Takes 64 bytes on.</summary>
    /// <param name="quotes">Which of them are quotes.</param>
    /// <param name="ends">Which are delimiters or parts of line ends, quoted or not.</param>
    /// <param name="there">Which belong to the text.</param>
    /// <param name="isRegular">False when a quote stands where only <see cref="CsvRow"/> can say what it means.</param>
    /// <returns>Which are quoted; the opening quotes are, the closing ones are not.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Advance(ulong quotes, ulong ends, ulong there, out bool isRegular)
    {
        ulong quoted = PrefixXor(quotes) ^ Inside;
        ulong closing = quotes & ~quoted;
        ulong open = ends & ~quoted;
        ulong mayOpen = ((open | closing) << 1) | AtCell;
        ulong mustEnd = ((closing << 1) | AfterQuote) & there;
        isRegular = ((quotes & quoted & ~mayOpen) | (mustEnd & ~(open | quotes))) == 0;
        Inside = (ulong)((long)quoted >> 63);
        AfterQuote = closing >> 63;
        AtCell = (open | closing) >> 63;
        return quoted;
    }

    /// <summary>Bit i is the parity of the bits 0 to i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        if (Pclmulqdq.IsSupported)
            return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(bits), Vector128<ulong>.AllBitsSet, 0).ToScalar();
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }
}
