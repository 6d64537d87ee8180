using System.IO.Compression;
using BatchScoring.Core;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Unit.Tables.Csv;

public sealed class GzipTextTests
{
    private static readonly byte[] First = Packed("id,v\n"u8, 1500), Second = Packed(""u8, 700);

    [Fact]
    public void Read_SeveralMembers_AreOneText() => Rows([.. First, .. Second]).ShouldBe(2200);

    [Fact]
    public void Read_OneMember_IsAText() => Rows(First).ShouldBe(1500);

    /// <summary>.NET itself takes a cut file for a shorter text.</summary>
    [Fact]
    public void Read_CutAnywhere_IsAnError()
    {
        byte[] whole = [.. First, .. Second];
        for (int length = 3; length < whole.Length; length++)
        {
            // A file that ends between two members is whole, as far as anybody can tell.
            if (length != First.Length)
                Should.Throw<BatchScoringException>(() => Rows(whole[..length]), $"cut at {length}").Code.ShouldBe("INPUT_CORRUPT");
        }
    }

    /// <summary>Set by code, it comes too late where anything else has read gzip before.</summary>
    [Fact]
    public void Program_HasStrictGzip_FromItsStart() =>
        (AppContext.TryGetSwitch("System.IO.Compression.UseStrictValidation", out bool strict) && strict).ShouldBeTrue();

    [Fact]
    public void Read_OneBitWrong_IsAnErrorOrChangesNothing()
    {
        byte[] whole = [.. First, .. Second];
        var random = new Random(20261128);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            // Bytes 3 to 9 of a member hold flags, time and system, of which nothing depends on some.
            int at = random.Next(10, whole.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            try
            {
                Rows(damaged).ShouldBe(2200, $"byte {at}");
            }
            catch (BatchScoringException e)
            {
                e.Code.ShouldBe("INPUT_CORRUPT");
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Read_SomethingBehindTheLastMember_IsAnError(byte[] more) =>
        Should.Throw<BatchScoringException>(() => Rows([.. First, .. more])).Code.ShouldBe("INPUT_CORRUPT");

    [Fact]
    public void Read_PackedTwice_IsNamed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(First);
        Should.Throw<BatchScoringException>(() => Rows(packed.ToArray())).Message.ShouldContain("packed by gzip, twice");
    }

    private static byte[] Packed(ReadOnlySpan<byte> header, int rows)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(header);
            for (int i = 0; i < rows; i++)
                gzip.Write(System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"key{i},{i * 7919 % 1000}\n")));
        }

        return packed.ToArray();
    }

    private static long Rows(byte[] bytes)
    {
        using var reader = CsvReader.Open(new MemoryStream(bytes), CsvDialect.Of("rows.csv.gz"), "rows.csv.gz");
        reader.Want([new CsvWanted(1, CsvColumnKind.Float)]);
        long rows = 0;
        while (reader.Next()) rows += reader.Block.Rows;
        return rows;
    }
}
