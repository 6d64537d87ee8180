using System.Buffers.Binary;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>
/// Damaged and hostile files, made from small models. <c>BATCHSCORING_FULL=1</c> makes the random part twenty times larger.
/// </summary>
public sealed class ModelFuzzTests(ITestOutputHelper output)
{
    private static readonly uint[] _interesting =
        [0, 1, 2, 3, 4, 7, 8, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFE, 0xFFFF_FFFF];

    public static TheoryData<string> Models => ["numeric", "one-hot-nodes", "ctr"];

    private static byte[] Read(string model) => File.ReadAllBytes(Repository.Data("models", model + ".cbm"));

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_EveryTruncation_IsRefused(string model)
    {
        byte[] file = Read(model);
        file.Length.ShouldBeLessThanOrEqualTo(8 << 10);
        HostileModel.Check(file, () => model).ShouldBeTrue();
        for (int length = 0; length < file.Length; length++)
            HostileModel.Check(file[..length], () => $"{model} cut to {length} bytes").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Load_EverySingleBitFlip_IsRefusedOrScored(string model)
    {
        byte[] file = Read(model);
        int accepted = 0;
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            if (HostileModel.Check(file, () => $"{model} with bit {bit} flipped")) accepted++;
            file[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        output.WriteLine($"{model}: {accepted} of {file.Length * 8} mutants accepted");
        accepted.ShouldBeInRange(1, (file.Length * 8) - 1);
    }

    [Fact]
    public void Load_RandomMutants_AreRefusedOrScored()
    {
        const int Seed = 20261121;
        int mutants = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 100_000 : 5_000;
        byte[][] models = [Read("numeric"), Read("one-hot-nodes"), Read("ctr"),
            File.ReadAllBytes(Repository.Data("golden", "catboost-random", "fuzz-08", "model.cbm"))];
        int accepted = 0;
        for (int i = 0; i < mutants; i++)
        {
            var random = new Random(Seed + i);
            byte[] mutant = Mutate(models[i % models.Length], random);
            if (HostileModel.Check(mutant, () => $"mutant {i}, seed {Seed + i}")) accepted++;
        }

        output.WriteLine($"seeds {Seed} to {Seed + mutants - 1}: {accepted} of {mutants} mutants accepted");
        accepted.ShouldBeGreaterThan(0);
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
                    Overwrite(bytes, at & ~3, _interesting[random.Next(_interesting.Length)]);
                    break;
                case 2:
                    Overwrite(bytes, at & ~3, (uint)random.Next(bytes.Count));
                    break;
                case 3: // an offset or count that moves a little
                    Overwrite(bytes, at & ~3, (uint)(bytes[at & ~3] | (bytes[(at & ~3) + 1] << 8)) + (uint)(4 * random.Next(-8, 9)));
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
