using System.Text;

namespace BatchScoring.Tables.Csv;

/// <summary>The first row of a text: the columns' names. It is cut by the rules of every other row.</summary>
internal static unsafe class CsvHeader
{
    /// <summary>Reads it, and leaves the text where the first row behind it begins.</summary>
    /// <param name="text">A text of which nothing is read yet.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="file">What messages call the file.</param>
    /// <returns>The names, and where in the text the next row begins, on which line.</returns>
    /// <exception cref="Core.BatchScoringException">There is no header, or it cannot be one.</exception>
    public static (IReadOnlyList<string> Names, int Next, long Line) Read(CsvText text, CsvDialect dialect, string file)
    {
        do text.Fill(0);
        while (text.Limit < CsvSignature.Bytes && !text.IsFinal && text.Fault is null);
        var start = new ReadOnlySpan<byte>(text.Bytes, text.Limit);
        int at = CsvSignature.Mark(start);
        long line = 1;
        while (true)
        {
            (int Cells, int Next)? row = at < text.Limit
                ? CsvRow.Cut(text.Bytes, dialect, at, text.Limit, text.IsFinal, null, 0, out CsvFault? fault) : Nothing(out fault);
            fault ??= row is null ? text.Fault : null;
            if (fault is not null) throw CsvErrors.Of(fault
                with
            { Line = line + CsvRow.CountLines(new ReadOnlySpan<byte>(text.Bytes + at, (int)fault.Offset - at)) }, file, []);
            if (row is { Cells: > 0 } header)
            {
                IReadOnlyList<string> names = Names(text.Bytes, dialect, at, text.Limit, header.Cells);
                RefuseTwice(names, file);
                return (names, header.Next, line + CsvRow.CountLines(new ReadOnlySpan<byte>(text.Bytes + at, header.Next - at)));
            }

            // An empty line names nothing; the next may.
            if (row is not null) (at, line) = (row.Value.Next, line + 1);
            else if (text.IsFinal) throw CsvErrors.Unusable(file, "it is empty; its first line must name the columns");
            else text.Fill(0);
        }
    }

    private static (int, int)? Nothing(out CsvFault? fault)
    {
        fault = null;
        return null;
    }

    private static List<string> Names(byte* text, CsvDialect dialect, int at, int limit, int cells)
    {
        var ends = new PinnedArray<int>(cells);
        CsvRow.Cut(text, dialect, at, limit, isFinal: false, ends.Pointer, cells, out _);
        var names = new List<string>(cells);
        for (int i = 0; i < cells; i++)
        {
            int end = ends.Span[i];
            bool isQuoted = dialect.Quotes && end > at && text[at] == '"';
            names.Add(isQuoted ? Encoding.UTF8.GetString(text + at + 1, CsvCell.Unquote(text + at, end - at))
                : Encoding.UTF8.GetString(text + at, end - at));
            at = end + 1;
        }

        return names;
    }

    private static void RefuseTwice(IReadOnlyList<string> names, string file)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (places.TryAdd(names[i], i + 1)) continue;
            throw CsvErrors.Name(file, names[i].Length > 0
                ? $"the columns {places[names[i]]} and {i + 1} are both called {ShownText.Of(names[i])}"
                    : $"the columns {places[""]} and {i + 1} have no name; one may have none");
        }
    }
}
