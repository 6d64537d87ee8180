using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Testing.Tables;

/// <summary>What a reader makes of a text: every cell, the line of every row, and how it ends. Equal answers have equal texts.</summary>
public static partial class CsvAnswer
{
    /// <summary>As the reference has it.</summary>
    public static string Of(CsvReference reference) => Write(reference.Rows, reference.Lines, reference.Error, reference.ErrorLine);

    /// <summary>As the reader has it, from memory.</summary>
    internal static string Read(byte[] bytes, CsvDialect dialect, CsvReaderOptions options) =>
        Read(() => CsvReader.Open(new MemoryStream(bytes), dialect, "rows.csv", options), 1);

    /// <summary>As the reader has it, from a file, by several threads.</summary>
    internal static string Read(string path, CsvDialect dialect, CsvReaderOptions options, int threads) =>
        Read(() => CsvReader.Open(path, dialect, "rows.csv", options), threads);

    private static string Read(Func<CsvReader> open, int threads)
    {
        var rows = new List<string[]>();
        var lines = new List<long>();
        try
        {
            using CsvReader reader = open();
            rows.Add([.. reader.Names]);
            lines.Add(1);
            reader.Want([.. reader.Names.Select((_, i) => new CsvWanted(i, CsvColumnKind.Text))], threads);
            while (reader.Next()) Take(reader.Block, reader.Names.Count, rows, lines);
            return Write(rows, lines, null, 0);
        }
        catch (BatchScoringException e)
        {
            return Write(rows, lines, e.Code, LineNumber().Match(e.Message) is { Success: true } found
                ? long.Parse(found.Groups["line"].Value, CultureInfo.InvariantCulture) : 0);
        }
    }

    private static void Take(CsvBlock block, int width, List<string[]> rows, List<long> lines)
    {
        block.FirstRow.ShouldBe(rows.Count - 1);
        for (int row = 0; row < block.Rows; row++)
        {
            rows.Add([.. Enumerable.Range(0, width).Select(column => Encoding.UTF8.GetString(block.Cell(column, row)))]);
            lines.Add(block.Line(row));
        }
    }

    private static string Write(List<string[]> rows, List<long> lines, string? error, long line)
    {
        var text = new StringBuilder();
        // The header's line is not told by the reader.
        for (int i = 0; i < rows.Count; i++)
            text.Append(CultureInfo.InvariantCulture,
                $"{(i == 0 ? 1 : lines[i])}: {string.Join('|', rows[i].Select(Uri.EscapeDataString))}\n");
        return text.Append(CultureInfo.InvariantCulture, $"{error ?? "end"} {line}").ToString();
    }

    [GeneratedRegex("line (?<line>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LineNumber();
}
