using System.Text;
using BatchScoring.Core;
using BatchScoring.Tables.Csv;
using BatchScoring.Tests.Testing.Tables;

namespace BatchScoring.Tests.Unit.Tables.Csv;

/// <summary>
/// The rules of docs/user/csv.md, each by the reader and by the reference; every way to scan, in small bites and at once.
/// </summary>
public sealed class CsvReaderTests
{
    private static readonly CsvDialect Csv = CsvDialect.Of("rows.csv");
    private static readonly CsvDialect Tsv = CsvDialect.Of("rows.tsv");

    [Theory]
    [InlineData("id,v\na,1\nb,2\nc,3\n", "1: id|v\n2: a|1\n3: b|2\n4: c|3\nend 0")]
    [InlineData("id,v\na,1", "1: id|v\n2: a|1\nend 0")]
    [InlineData("id,v\ra,1\rb,2\r", "1: id|v\n2: a|1\n3: b|2\nend 0")]
    [InlineData("id,v\na,1\r\nb,2\rc,3", "1: id|v\n2: a|1\n3: b|2\n4: c|3\nend 0")]
    [InlineData("id,v\r\na,1\nb,2\r\n\r\nc,3\n\n", "1: id|v\n2: a|1\n3: b|2\n5: c|3\nend 0")]
    [InlineData("\n\nid,v\na,1\n", "1: id|v\n4: a|1\nend 0")]
    [InlineData("id\n\nb\n", "1: id\n2: \n3: b\nend 0")]
    [InlineData("\uFEFFid,v\na,1\n", "1: id|v\n2: a|1\nend 0")]
    [InlineData("\uFEFF\uFEFFid,v\na,1\n", "1: %EF%BB%BFid|v\n2: a|1\nend 0")]
    [InlineData(",v\n0,1\n", "1: |v\n2: 0|1\nend 0")]
    [InlineData("a,A\n0,1\n", "1: a|A\n2: 0|1\nend 0")]
    [InlineData("id,v\n\"a,\"\"b\"\"\nc\",1\n\"\",\"\"\"\"\nd,2", "1: id|v\n2: a%2C%22b%22%0Ac|1\n4: |%22\n5: d|2\nend 0")]
    [InlineData("id,v\n5\" pipe,1\na\"b\"c,\"2\"\n", "1: id|v\n2: 5%22%20pipe|1\n3: a%22b%22c|2\nend 0")]
    [InlineData("id,v\n \"a\",1\n", "1: id|v\n2: %20%22a%22|1\nend 0")]
    [InlineData("id,\"v\r\nw\"\r\na,1\r\n", "1: id|v%0D%0Aw\n3: a|1\nend 0")]
    [InlineData("", "INPUT_CORRUPT 0")]
    [InlineData("\n\r\n", "INPUT_CORRUPT 0")]
    [InlineData("id,v\n", "1: id|v\nend 0")]
    [InlineData("id,v,id\na,1,2\n", "INPUT_HEADER 0")]
    [InlineData("id,,\na,1,2\n", "INPUT_HEADER 0")]
    [InlineData("id\"x\",v\na,1\n", "1: id%22x%22|v\n2: a|1\nend 0")]
    [InlineData("\"id\"x,v\na,1\n", "INPUT_QUOTES 1")]
    [InlineData("id,v\na,1\n\"b\"x,2\n", "1: id|v\n2: a|1\nINPUT_QUOTES 3")]
    [InlineData("id,v\na,1\n\"b,2\nc,3\n", "1: id|v\n2: a|1\nINPUT_QUOTES 3")]
    [InlineData("id,v\na,1\nb\n", "1: id|v\n2: a|1\nINPUT_ROW_WIDTH 3")]
    [InlineData("id,v\na,1,\nb,2\n", "1: id|v\nINPUT_ROW_WIDTH 2")]
    [InlineData("id,v\n\"a\nb\",1\nc,2,,\n", "1: id|v\n2: a%0Ab|1\nINPUT_ROW_WIDTH 4")]
    [InlineData("id,v\n\"\"\n", "1: id|v\nINPUT_ROW_WIDTH 2")]
    [InlineData("id,v\na,1\nb,\0\n", "1: id|v\n2: a|1\nINPUT_ENCODING 3")]
    [InlineData("id,\0v\na,1\n", "INPUT_ENCODING 1")]
    public void Read_OneRule_IsFollowedByEveryWay(string text, string expected) => Check(Encoding.UTF8.GetBytes(text), Csv, expected);

    [Theory]
    [InlineData("id\tv\n\"a\t1\nb\"\t2\n", "1: id|v\n2: %22a|1\n3: b%22|2\nend 0")]
    [InlineData("id\tv\n\"\"\t\"x\"\n", "1: id|v\n2: %22%22|%22x%22\nend 0")]
    [InlineData("id\tv\na,b\t1\r\nc\t2\r", "1: id|v\n2: a%2Cb|1\n3: c|2\nend 0")]
    [InlineData("id\tv\na\n", "1: id|v\nINPUT_ROW_WIDTH 2")]
    public void Read_Tsv_TakesAQuoteAsALetter(string text, string expected) => Check(Encoding.UTF8.GetBytes(text), Tsv, expected);

    [Fact]
    public void Read_Latin1_NamesLineAndByte()
    {
        byte[] bytes = [.. "id,v\na,1\n"u8, (byte)'M', 0xFC, .. "ller,2\nc,3\n"u8];
        Check(bytes, Csv, "1: id|v\n2: a|1\nINPUT_ENCODING 3");
        Message(bytes).ShouldBe("rows.csv is not text in UTF-8: line 3 has the byte FC at offset 10, which is ü in Latin-1 and " +
            "Windows-1252. Write it as UTF-8 (with or without a byte order mark), plain or packed by gzip, and deliver it again.");
    }

    [Fact]
    public void Read_RowsOfOtherWidths_NameWhatIsAllowed()
    {
        Message("id,v,w\na,1\n"u8)
            .ShouldBe("rows.csv, line 2: the row has 2 cells; allowed are 3, as many as the header names. It ends before w. " +
            "Correct the row, and quote cells that hold a delimiter or a line end.");
        Message("id,v\na,1,,\n"u8).ShouldStartWith("rows.csv, line 2: the row has 4 cells; allowed are 2");
    }

    [Fact]
    public void Read_ColumnsOfOneName_AreNamed()
    {
        Message("id,v,id\n"u8).ShouldStartWith("The header of rows.csv cannot be used: the columns 1 and 3 are both called id.");
        Message("id,,\n"u8).ShouldStartWith("The header of rows.csv cannot be used: the columns 2 and 3 have no name; one may have none.");
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x69, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, 0x69 }, "UTF-16")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, 0x69, 0, 0, 0 }, "UTF-32")]
    [InlineData(new byte[] { 0, 0, 0xFE, 0xFF, 0, 0, 0, 0x69 }, "UTF-32")]
    [InlineData(new byte[] { 0x69, 0, 0x64, 0, 0x0A, 0 }, "line 1 has a zero byte at offset 1, as UTF-16")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 }, "zstd")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20 }, "zip archive")]
    [InlineData(new byte[] { 0x50, 0x41, 0x52, 0x31, 0 }, "Parquet")]
    public void Open_OtherEncodings_AreNamed(byte[] bytes, string expected) => Message(bytes).ShouldContain(expected);

    [Fact]
    public void Read_LongCells_AreTakenUpToTheLimit()
    {
        foreach (string quote in new[] { "", "\"" })
        {
            string longest = new('x', CsvRow.MaxCellBytes - (2 * quote.Length));
            using CsvReader reader = Open(Encoding.UTF8.GetBytes($"id,v\n{quote}{longest}{quote},1\nb,2\n"));
            reader.Want([new CsvWanted(0, CsvColumnKind.Text)]);
            reader.Next().ShouldBeTrue();
            reader.Block.Cell(0, 0).Length.ShouldBe(longest.Length);
            Message(Encoding.UTF8.GetBytes($"id,v\na,1\n{quote}{longest}x{quote},1\n"))
                .ShouldStartWith("rows.csv, line 3 (byte 9): a cell has more than 16 MiB.");
        }
    }

    [Fact]
    public void Read_LineEndsInQuotes_AreCounted()
    {
        var text = new StringBuilder("id,v\n");
        for (int i = 0; i < 5000; i++) text.Append("\"a\n\r\n\rb\",").Append(i).Append('\n');
        using CsvReader reader = Open(Encoding.UTF8.GetBytes(text.ToString()));
        reader.Want([new CsvWanted(1, CsvColumnKind.Float)]);
        for (long row = 0; reader.Next(); row += reader.Block.Rows)
            reader.Block.Line(reader.Block.Rows - 1).ShouldBe(2 + (4 * (row + reader.Block.Rows - 1)));
    }

    [Fact]
    public unsafe void Read_Numbers_AreMadeOfTextByWayOfDouble()
    {
        using CsvReader reader = Open("id,v\na,1.0000000596046448\nb,\"2.5\"\nc,NA\nd,x\"y\ne,\n"u8.ToArray());
        reader.Want([new CsvWanted(1, CsvColumnKind.Float), new CsvWanted(1, CsvColumnKind.Double), new CsvWanted(0, CsvColumnKind.Text)]);
        reader.Next().ShouldBeTrue();
        new ReadOnlySpan<float>(reader.Block.Floats(0), 5).ToArray().ShouldBe([1f, 2.5f, float.NaN, float.NaN, float.NaN]);
        new ReadOnlySpan<double>(reader.Block.Doubles(1), 5).ToArray()
            .ShouldBe([1.0000000596046448, 2.5, double.NaN, double.NaN, double.NaN]);
        reader.Block.BadCells.ShouldBe([new CsvBadCell(3, 0, "x\"y"), new CsvBadCell(3, 1, "x\"y")]);
        reader.Block.Cell(2, 3).SequenceEqual("d"u8).ShouldBeTrue();
        reader.Block.Offset(1).ShouldBe(26);
    }

    private static CsvReader Open(byte[] bytes) => CsvReader.Open(new MemoryStream(bytes), Csv, "rows.csv");

    private static string Message(ReadOnlySpan<byte> text)
    {
        byte[] bytes = text.ToArray();
        return Should.Throw<BatchScoringException>(() =>
        {
            using CsvReader reader = Open(bytes);
            reader.Want([]);
            while (reader.Next())
            {
            }
        }).Message;
    }

    private static void Check(byte[] bytes, CsvDialect dialect, string expected)
    {
        CsvAnswer.Of(CsvReference.Read(bytes, dialect)).ShouldBe(expected, "the reference");
        foreach (string scanner in CsvScanner.Available)
        {
            foreach ((int capacity, int portion) in new[] { (1 << 16, 1 << 16), (3, 1), (64, 7) })
                CsvAnswer.Read(bytes, dialect, new CsvReaderOptions { Scanner = scanner, Capacity = capacity, Portion = portion })
                    .ShouldBe(expected, $"{scanner}, {portion} bytes at once");
        }
    }
}
