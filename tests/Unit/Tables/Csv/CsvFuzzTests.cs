using System.Text;
using BatchScoring.Tables.Csv;
using BatchScoring.Tests.Testing.Tables;

namespace BatchScoring.Tests.Unit.Tables.Csv;

/// <summary>Hostile and damaged text: the same answer as the reference, by every way to scan, whatever the sizes of buffers.</summary>
public sealed class CsvFuzzTests
{
    private const int Seed = 20261128;

    private static readonly byte[][] Pieces =
    [
        .. new[] { ",", ",", ",", "\n", "\n", "\r\n", "\r", "\"", "\"", "\"\"", "\t", ";", "a", "1", "-2.5", "é", "€", "", "\"x,y\"",
            "\"a\nb\"", "long text in a cell" }
            .Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC3], [0xE2, 0x82],
    ];

    [Fact]
    public void Read_RandomPieces_AsTheReferenceDoes()
    {
        for (int run = 0; run < Runs(1500); run++)
        {
            var random = new Random(Seed + run);
            var text = new List<byte>("c,d\n"u8.ToArray());
            // Damage that ends a table must be rare, or nothing else is tried.
            for (int i = random.Next(1, 120); i > 0; i--)
                text.AddRange(Pieces[random.Next(random.Next(20) == 0 ? Pieces.Length : Pieces.Length - 4)]);
            Check([.. text], random, $"seed {Seed + run}");
        }
    }

    [Fact]
    public void Read_MutationsOfATable_AsTheReferenceDoes()
    {
        for (int run = 0; run < Runs(1000); run++)
        {
            var random = new Random(Seed - run);
            byte[] bytes = Table(random);
            for (int i = random.Next(4); i > 0; i--)
            {
                byte[] piece = Pieces[random.Next(Pieces.Length - 4)];
                int at = random.Next(bytes.Length);
                bytes = [.. bytes[..at], .. piece, .. bytes[Math.Min(bytes.Length, at + random.Next(2))..]];
            }

            Check(bytes, random, $"seed {Seed - run}");
        }
    }

    private static int Runs(int usual) => Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 50 * usual : usual;

    private static byte[] Table(Random random)
    {
        var text = new StringBuilder();
        int columns = random.Next(1, 9);
        string lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        for (int row = -1; row < 40; row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(column => row < 0 ? $"c{column}" : random.Next(6) switch
            {
                0 => "\"" + new string('q', random.Next(70)) + "\"",
                1 => "\"a\"\"b\n,\"",
                2 => new string('z', random.Next(150)),
                _ => random.Next(100000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            }));
            text.Append(lineEnd);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Check(byte[] bytes, Random random, string seed)
    {
        CsvDialect dialect = random.Next(4) == 0 ? new CsvDialect((byte)',', Quotes: false) : CsvDialect.Of("rows.csv");
        string expected = CsvAnswer.Of(CsvReference.Read(bytes, dialect));
        foreach (string scanner in CsvScanner.Available)
        {
            int portion = random.Next(1, 300);
            var options = new CsvReaderOptions { Scanner = scanner, Capacity = random.Next(1, 600), Portion = portion };
            CsvAnswer.Read(bytes, dialect, options)
                .ShouldBe(expected, $"{seed}, {scanner}, portion {portion}, quotes {dialect.Quotes}: {Convert.ToHexString(bytes)}");
        }
    }
}
