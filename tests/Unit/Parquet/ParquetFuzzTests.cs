using System.Buffers.Binary;
using BatchScoring.Tests.Testing.Parquet;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Parquet;

/// <summary>
/// Damaged and hostile files, made from small ones. <c>BATCHSCORING_FULL=1</c> makes the random part twenty times larger.
/// </summary>
public sealed class ParquetFuzzTests(ITestOutputHelper output)
{
    private static readonly uint[] _interesting =
        [0, 1, 2, 3, 4, 7, 8, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF];

    public static TheoryData<string> Files => [.. SmallFiles.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EveryTruncation_IsUnsupported(string name)
    {
        byte[] file = SmallFiles.Get(name);
        file.Length.ShouldBeLessThanOrEqualTo(2 << 10);
        using var hostile = new HostileParquet();
        hostile.Check(file, () => name);
        hostile.Equal.ShouldBe(1);
        for (int length = 0; length < file.Length; length++) hostile.Check(file[..length], () => $"{name} cut to {length} bytes");
        hostile.Unsupported.ShouldBe(file.Length);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_EverySingleBitFlip_IsUnsupportedOrReadAsDuckDbDoes(string name)
    {
        byte[] file = SmallFiles.Get(name);
        using var hostile = new HostileParquet();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            hostile.Check(file, () => $"{name} with bit {bit} flipped");
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        output.WriteLine($"{name}, {file.Length * 8} flips: {hostile}");
        foreach (string? different in hostile.Different.Take(20)) output.WriteLine(different);
        hostile.Different.ShouldBeEmpty();
        hostile.Unsupported.ShouldBeGreaterThan(0);
        hostile.Equal.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Read_RandomMutants_AreUnsupportedOrReadAsDuckDbDoes()
    {
        const int Seed = 20261121;
        int mutants = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 100_000 : 5_000;
        byte[][] files = [.. SmallFiles.Names.Select(SmallFiles.Get)];
        using var hostile = new HostileParquet();
        for (int i = 0; i < mutants; i++)
        {
            var random = new Random(Seed + i);
            hostile.Check(Mutate(files[i % files.Length], random), () => $"mutant {i}, seed {Seed + i}");
        }

        output.WriteLine($"seeds {Seed} to {Seed + mutants - 1}: {hostile}");
        foreach (string? different in hostile.Different.Take(20)) output.WriteLine(different);
        hostile.Different.ShouldBeEmpty();
        hostile.Unsupported.ShouldBeGreaterThan(0);
        hostile.Equal.ShouldBeGreaterThan(0);
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        List<byte> bytes = file.ToList();
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count - 8);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    Overwrite(bytes, at, _interesting[random.Next(_interesting.Length)]);
                    break;
                case 2: // a varint that becomes longer or shorter
                    bytes[at] ^= 0x80;
                    break;
                case 3: // a count or a size that moves a little
                    bytes[at] += (byte)random.Next(-4, 5);
                    break;
                case 4:
                    bytes.RemoveRange(at, random.Next(8));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - 8), random.Next(8)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Overwrite(List<byte> bytes, int at, uint value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        for (int i = 0; i < 4; i++) bytes[at + i] = word[i];
    }
}
