using System.Text;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tables;

public sealed unsafe class CsvSplitReaderTests : IDisposable
{
    private static readonly IColumnEncoder Hashes = new CategoryCodes(CategoryHash.Encoder);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Next_AwkwardCells_AreReadAsTheyStand()
    {
        string file = Write("id,\"a \"\"number\"\"\",cat,other,cat2\r\n007,1.50,  x ,skip,1\r\n-0,,,skip,2\r\n\"a,b\",-0.0,\"q " +
            "\"\"q\"\"\",skip,3\r\n9,abc,007,skip,a longer category\r\n");
        using var reader = CsvSplitReader.Open(new SplitReadRequest
        {
            Path = file,
            Columns = [new ColumnRequest("a \"number\"", ColumnKind.Number), Category("cat"), Category("cat2")],
            Key = "id",
        });
        reader.Next().ShouldBeTrue();
        Enumerable.Range(0, 4).Select(row => reader.Key.Value(row)).ShouldBe(["007", "-0", "a,b", "9"]);
        Enumerable.Range(0, 4).Select(row => reader.Block.Numbers(0)[row]).ShouldBe([1.5f, float.NaN, 0f, float.NaN]);
        Enumerable.Range(0, 4).Select(row => reader.Block.Codes(1)[row]).ShouldBe([Hash("  x "), Hash(""), Hash("q \"q\""), Hash("007")]);
        reader.Block.Codes(2)[3].ShouldBe(Hash("a longer category"));
        reader.Defects.ShouldHaveSingleItem().ShouldBe(new CellDefect(3, "a \"number\"", DefectCodes.NumberUnreadable, "abc"));
        reader.Next().ShouldBeFalse();
    }

    [Fact]
    public void Next_SeveralThreads_GiveTheSameBlocksOfText()
    {
        var text = new StringBuilder("id,v,c\n");
        for (int row = 0; row < 200_000; row++)
            text.Append("key of row ").Append(row).Append(',').Append(row % 1000).Append(",\"a\nb").Append(row % 7).Append("\"\n");
        string file = Write(text.ToString());
        string[] answers = [.. new[] { 1, 2, 3 }.Select(threads => Answer(file, threads))];
        answers[1].ShouldBe(answers[0]);
        answers[2].ShouldBe(answers[0]);
    }

    [Theory]
    [InlineData("id;v\n1;2,5\n", "semicolons", "--delimiter ';'")]
    [InlineData("id\tv\n1\t2.5\n", "tabs", "--delimiter tab")]
    [InlineData("id|v\n1|2.5\n", "bars", "--delimiter '|'")]
    public void Open_AnotherDelimiter_IsNoticed(string text, string found, string remedy)
    {
        string message = Should.Throw<BatchScoringException>(() => CsvSplitReader.Open(Request(Write(text)))).Message;
        message.ShouldContain(found);
        message.ShouldContain(remedy);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("|")]
    [InlineData("\t")]
    public void Open_DelimiterGiven_Counts(string delimiter)
    {
        using var reader = CsvSplitReader.Open(Request(Write($"id{delimiter}v\na,b{delimiter}2.5\n")) with { Delimiter = delimiter[0] });
        reader.Next().ShouldBeTrue();
        reader.Block.Numbers(0)[0].ShouldBe(2.5f);
        reader.Key.Value(0).ShouldBe("a,b");
    }

    [Theory]
    [InlineData("\uFEFF\uFEFFid,v\n", "<U+FEFF>id, v")]
    [InlineData("id\u00A0,v\n", "id<U+00A0>, v")]
    [InlineData("i\u200Bd,v\n", "i<U+200B>d, v")]
    [InlineData("\u202Eid,v\n", "<U+202E>id, v")]
    public void Open_InvisibleCharactersInNames_AreShown(string text, string shown) =>
        Should.Throw<BatchScoringException>(() => CsvSplitReader.Open(Request(Write(text)))).Message.ShouldContain($"It has: {shown}.");

    private static SplitReadRequest Request(string file) =>
        new() { Path = file, Columns = [new ColumnRequest("v", ColumnKind.Number)], Key = "id" };

    private static ColumnRequest Category(string name) => new(name, ColumnKind.Category, Hashes);

    private static int Hash(string text) => CategoryHash.Of(Encoding.UTF8.GetBytes(text));

    private static string Answer(string file, int threads)
    {
        using var reader = CsvSplitReader.Open(Request(file) with { Columns = [new ColumnRequest("v", ColumnKind.Number), Category("c")] },
            threads);
        var hash = new HashCode();
        long rows = 0;
        for (; reader.Next(); rows += reader.Rows)
        {
            reader.FirstRow.ShouldBe(rows);
            for (int row = 0; row < reader.Rows; row++)
            {
                hash.AddBytes(reader.Key.Text(row));
                hash.Add(reader.Block.Numbers(0)[row]);
                hash.Add(reader.Block.Codes(1)[row]);
            }
        }

        return $"{rows} {hash.ToHashCode()}";
    }

    private string Write(string text)
    {
        string file = _folder.File("rows.csv");
        File.WriteAllText(file, text);
        return file;
    }
}
