using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>
/// What a real spreadsheet sees in the files: LibreOffice opens them and writes them again. Its texts are read from CSV; its numbers from
/// .xls, which holds them as eight bytes each, since LibreOffice writes no text of a number with more than 15 digits.
/// </summary>
public sealed class LibreOfficeTests : IDisposable
{
    private const int Numbers = 3_000;
    private readonly ScoresBench _bench = new();

    [SkippableFact]
    public async Task Workbook_OpenedByLibreOffice_HasEveryKeyAndEveryNumber()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1,
            ScoreRoot.Rows("unnest", "hash(unnest) / 3e19 - 0.2", $"unnest({DuckSql.Literals(ScoresBench.OddKeys)})"),
            ScoreRoot.Rows("'K' || range", "hash(range) / 2e19", $"range(1, {Numbers})"));
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "x.xlsx").ShouldExitWith(0);
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "plain.csv").ShouldExitWith(0);

        Convert("x.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1");
        Convert("x.xlsx", "xls");

        string[][] expected = [.. CsvText.Parse(await File.ReadAllTextAsync(_bench.File("plain.csv")), ',')];
        string[][] seen = [.. CsvText.Parse(await File.ReadAllTextAsync(_bench.File("out/x-scores.csv")), ',')];
        // LibreOffice itself makes one line feed of a carriage return and a line feed; everything else it keeps.
        seen.Zip(expected, (one, other) => (Seen: Uri.EscapeDataString(one[0]), Expected: Uri.EscapeDataString(other[0].Replace("\r\n", "\n"))))
            .Where(pair => pair.Seen != pair.Expected).ShouldBeEmpty();
        seen.Select(row => row[3]).ShouldBe(expected.Select(row => row[3]));
        Dictionary<(int Row, int Column), double> numbers = NumbersOf(await File.ReadAllBytesAsync(_bench.File("out/x.xls")));
        for (int row = 1; row < expected.Length; row++)
            for (int column = 1; column <= 2; column++)
                numbers[(row, column)].ShouldBe(double.Parse(expected[row][column], CultureInfo.InvariantCulture), $"row {row}, column {column}");
        (await File.ReadAllTextAsync(_bench.File("out/x-run.csv"))).ShouldContain(",tests 1.0\n");
    }

    [SkippableFact]
    public async Task CsvForASpreadsheet_OpenedByLibreOffice_RunsNoFormula()
    {
        await _bench.PublishAsync(ScoresBench.Date, 1, ScoreRoot.Rows("unnest", "-0.25", $"unnest({DuckSql.Literals(ScoresBench.OddKeys)})"));
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "safe.csv", "--for-spreadsheet").ShouldExitWith(0);
        _bench.Run("collect", "--date", ScoresBench.Date, "--output", "plain.csv").ShouldExitWith(0);

        Convert("safe.csv", "fods", "--infilter=CSV:44,34,76,1");
        Convert("plain.csv", "fods", "--infilter=CSV:44,34,76,1");

        string safe = await File.ReadAllTextAsync(_bench.File("out/safe.fods"));
        safe.ShouldNotContain("table:formula");
        safe.ShouldContain("&apos;=1+1");
        safe.ShouldContain("office:value=\"-0.25\"");
        (await File.ReadAllTextAsync(_bench.File("out/plain.fods"))).ShouldContain("table:formula", customMessage: "so it is the option that helps");
    }

    private void Convert(string file, string to, params string[] more)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program(), [$"-env:UserInstallation=file://{_bench.File("office")}", "--headless", .. more,
            "--convert-to", to, "--outdir", _bench.File("out"), _bench.File(file)])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
        process.WaitForExit(TimeSpan.FromMinutes(2)).ShouldBeTrue("LibreOffice did not end");
        process.ExitCode.ShouldBe(0, errors.Result + output.Result);
    }

    /// <summary>LibreOffice, or a skipped test with the reason; in CI a failed one.</summary>
    private static string Program()
    {
        string? found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "soffice")).FirstOrDefault(File.Exists);
        const string Missing = "soffice is not here; apt-get install libreoffice-calc-nogui";
        if (found is null && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Skip.If(found is null, Missing);
        return found!;
    }

    /// <summary>The NUMBER records of the first sheet ([MS-XLS] 2.4.180): kind, length, row, column, format, then the number.</summary>
    private static Dictionary<(int Row, int Column), double> NumbersOf(byte[] file)
    {
        Dictionary<(int Row, int Column), double> numbers = [];
        ReadOnlySpan<byte> rest = Stream(file, "Workbook");
        while (rest.Length >= 4 && BinaryPrimitives.ReadUInt16LittleEndian(rest) is var kind)
        {
            ReadOnlySpan<byte> record = rest.Slice(4, BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]));
            if (kind == 0x0203)
            {
                numbers.TryAdd((BinaryPrimitives.ReadUInt16LittleEndian(record), BinaryPrimitives.ReadUInt16LittleEndian(record[2..])),
                    BinaryPrimitives.ReadDoubleLittleEndian(record[6..]));
            }

            rest = rest[(4 + record.Length)..];
        }

        return numbers;
    }

    /// <summary>A stream of a compound file ([MS-CFB] 2): sectors of 512 bytes, chained by a table that lies in sectors itself.</summary>
    private static byte[] Stream(byte[] file, string name)
    {
        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        int Next(int sector) => Number(((Number(0x4C + (sector / 128 * 4)) + 1) * 512) + (sector % 128 * 4));
        byte[] Chain(int sector)
        {
            using MemoryStream all = new();
            for (; sector >= 0; sector = Next(sector)) all.Write(file, (sector + 1) * 512, 512);
            return all.ToArray();
        }

        byte[] entry = Chain(Number(0x30)).Chunk(128).Single(one => Encoding.Unicode.GetString(one, 0, name.Length * 2) == name && one[64] == (name.Length + 1) * 2);
        return Chain(BitConverter.ToInt32(entry, 0x74))[..BitConverter.ToInt32(entry, 0x78)];
    }

    public void Dispose() => _bench.Dispose();
}
