using System.Globalization;
using System.Numerics;
using System.Text;
using BatchScoring.Tables;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Properties.Tables;

/// <summary>The fast ways to read a number give the bits of the rules in <see cref="NumberText"/>, or leave the text to them.</summary>
public sealed unsafe class NumberCellProperties
{
    private const int Seed = 20261128;
    private const int Count = 200_000;

    private readonly byte[] _buffer = GC.AllocateArray<byte>(256, pinned: true);
    private readonly List<CsvBadCell> _bad = [];

    [Fact]
    public void Read_DigitsAndPoints_HaveTheBitsOfTheRules()
    {
        var random = new Random(Seed);
        for (int i = 0; i < Count; i++)
        {
            int digits = random.Next(1, 24), decimals = random.Next(0, 30);
            string text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10)))).PadLeft(decimals, '0');
            if (decimals > 0) text = text.Insert(text.Length - decimals, ".");
            Check((random.Next(3) == 0 ? "-" : "") + text);
        }
    }

    /// <summary>The middle between two doubles, and one digit beside it: where rounding twice would show.</summary>
    [Fact]
    public void Read_MiddlesBetweenDoubles_AreRoundedOnce()
    {
        var random = new Random(Seed + 1);
        for (int i = 0; i < Count; i++)
        {
            // An odd number of 54 bits over a power of two, written out in full or cut.
            var middle = new BigInteger((random.NextInt64(1L << 52, 1L << 53) << 1) | 1);
            int halvings = random.Next(0, 12);
            string text = (middle * BigInteger.Pow(5, halvings)).ToString(CultureInfo.InvariantCulture);
            if (halvings > 0) text = text.Insert(text.Length - halvings, ".");
            foreach (string variant in new[] { text, text + (halvings > 0 ? "1" : ".1"), text[..Math.Min(text.Length, 20)], text[..^1] +
                "9" }) Check(variant);
        }
    }

    /// <summary>The middle between two float32, and what lies so close to it that the nearest double is the middle, or is beside it.</summary>
    [Fact]
    public void Read_MiddlesBetweenFloats_AreRoundedByWayOfTheDouble()
    {
        var random = new Random(Seed + 4);
        for (int i = 0; i < Count; i++)
        {
            var middle = new BigInteger((random.Next(1 << 23, 1 << 24) << 1) | 1);
            int halvings = random.Next(0, 27);
            string text = (middle * BigInteger.Pow(5, halvings)).ToString(CultureInfo.InvariantCulture).PadLeft(halvings + 1, '0');
            text = text.Insert(text.Length - halvings, ".");
            string padded = text.PadRight(random.Next(17, 22), '0');
            string below = padded.TrimEnd('0', '.') is { Length: > 0 } digits && digits[^1] != '-'
                ? digits[..^1] + (char)(digits[^1] - 1) + new string('9', Math.Max(1, random.Next(17, 22) - digits.Length))
                : padded;
            foreach (string variant in new[] { text, padded, padded[..^1] + "1", padded + "1", padded[..^1] + "9", below }) Check(variant);
        }
    }

    [Fact]
    public void Read_ShortestTextsOfDoubles_ComeBack()
    {
        var random = new Random(Seed + 2);
        for (int i = 0; i < Count; i++)
        {
            double value = random.Next(4) switch
            {
                0 => random.NextDouble(),
                1 => random.NextDouble() * Math.Pow(10, random.Next(-30, 30)),
                2 => (random.NextSingle() + random.NextSingle()) / 2.0,
                _ => BitConverter.Int64BitsToDouble(random.NextInt64() & 0x7FEF_FFFF_FFFF_FFFF),
            };
            string text = value.ToString("R", CultureInfo.InvariantCulture);
            Check(text);
            Read<double, DoubleCells>(text).ShouldBe(value, text);
        }
    }

    [Fact]
    public void Read_AnyText_IsANumberExactlyWhereTheRulesSaySo()
    {
        var random = new Random(Seed + 3);
        const string letters = "00123456789999..--+eEnaN/# ,\"x";
        for (int i = 0; i < Count; i++)
            Check(string.Concat(Enumerable.Range(0, random.Next(0, 26)).Select(_ => letters[random.Next(letters.Length)])));
        foreach (string mark in NumberText.MissingMarks) Check(mark);
        foreach (string text in new[] { ".", "-.", "-", "5.", "-5.", ".5", "1.2.3", "1-", "--1", "inf", "-Infinity", "1e5", "1e400",
            "-1e-400", "0x1F", "1_000", "00000000000000000000001" }) Check(text);
    }

    private void Check(string text)
    {
        bool isNumber = NumberText.TryParse(Encoding.UTF8.GetBytes(text), out double expected);
        if (double.IsFinite(expected) && expected != 0) expected.ShouldBe(double.Parse(text, CultureInfo.InvariantCulture), text);
        double found = Read<double, DoubleCells>(text);
        (_bad.Count == 0).ShouldBe(isNumber, text);
        BitConverter.DoubleToInt64Bits(found).ShouldBe(BitConverter.DoubleToInt64Bits(isNumber ? expected : double.NaN), text);
        float single = Read<float, FloatCells>(text);
        (_bad.Count == 0).ShouldBe(isNumber, text);
        BitConverter.SingleToInt32Bits(single).ShouldBe(BitConverter.SingleToInt32Bits(isNumber ? (float)expected + 0f : float.NaN), text);
    }

    private T Read<T, TCells>(string text) where T : unmanaged where TCells : INumberCells<T>
    {
        _bad.Clear();
        // What stands behind the cell must not count.
        _buffer.AsSpan().Fill((byte)'7');
        int length = Encoding.UTF8.GetBytes(text, _buffer);
        fixed (byte* cell = _buffer)
        {
            return TCells.TryShort(cell, length, out T value) || TCells.TryLong(cell, length, out value)
                ? value : TCells.Of(CsvNumberCell.Read(cell, length, quotes: false, 0, 0, _bad));
        }
    }
}
