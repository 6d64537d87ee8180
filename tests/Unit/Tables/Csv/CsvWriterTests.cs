using System.Text;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Unit.Tables.Csv;

/// <summary>What the writer writes, the reader reads: the same cells, whatever is in them.</summary>
public sealed class CsvWriterTests
{
    private const int Seed = 20261128;
    private const int Columns = 3;

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    public void Write_AnyTexts_AreReadBack(char delimiter)
    {
        var random = new Random(Seed);
        string[] letters = ["a", "é", "\"", "\r", "\n", ",", "\t", ";", " ", new string('x', 9_000), new string('y', 70_000)];
        string[][] rows = [.. Enumerable.Range(0, 400).Select(row => (string[])
            [.. Enumerable.Range(0, Columns).Select(_ => string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => letters[random.Next(
                random.Next(20) == 0 ? letters.Length : 9)])))])];
        using var stream = new MemoryStream();
        var writer = new CsvWriter(stream, (byte)delimiter);
        Row(writer, ["a", "b", "c"]);
        foreach (string[] row in rows) Row(writer, row);
        writer.Flush();

        stream.Position = 0;
        using var reader = CsvReader.Open(stream, new CsvDialect((byte)delimiter, Quotes: true), "written.csv");
        reader.Want([.. Enumerable.Range(0, Columns).Select(column => new CsvWanted(column, CsvColumnKind.Text))]);
        var read = new List<string[]>();
        while (reader.Next())
        {
            for (int row = 0; row < reader.Block.Rows; row++)
                read.Add([.. Enumerable.Range(0, Columns).Select(column => Encoding.UTF8.GetString(reader.Block.Cell(column, row)))]);
        }

        read.Select(Line).ShouldBe(rows.Select(Line), $"seed {Seed}");
    }

    [Fact]
    public void Write_MissingEmptyAndNumbers_LookDifferent()
    {
        using var stream = new MemoryStream();
        var writer = new CsvWriter(stream, (byte)',');
        writer.Missing();
        writer.Text(""u8);
        writer.Number(-0.1);
        writer.EndRow();
        writer.Flush();
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(",\"\",-0.1\n");
    }

    private static string Line(string[] cells) => string.Join('\0', cells);

    private static void Row(CsvWriter writer, IEnumerable<string> cells)
    {
        foreach (string cell in cells) writer.Text(Encoding.UTF8.GetBytes(cell));
        writer.EndRow();
    }
}
