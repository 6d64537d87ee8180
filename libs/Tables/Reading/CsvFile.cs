using BatchScoring.DuckDb;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>
/// A CSV or TSV file (by its ending) with a header line, as something that DuckDB selects from. Nothing is guessed: sniffing would turn
/// "007" into 7 and skip lines that look odd. Every cell is its text; an empty one is NULL.
/// </summary>
/// <param name="Names">The columns' names, from the first line.</param>
/// <param name="Path">The file.</param>
/// <param name="Shown">What messages call it.</param>
/// <param name="From">A <c>read_csv</c> call; its columns are named by <see cref="Column"/>, so that any header will do.</param>
public sealed record CsvFile(IReadOnlyList<string> Names, string Path, string Shown, string From)
{
    /// <summary>Reads the header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, or its first line names no columns, or one twice.</exception>
    public static CsvFile Open(string path, string shown)
    {
        var dialect = CsvDialect.Of(path);
        using var reader = CsvReader.Open(path, dialect, shown);
        IReadOnlyList<string> names = reader.Names;
        string columns = string.Join(", ", names.Select((_, i) => $"'{Column(i)}': 'VARCHAR'"));
        string quote = dialect.Quotes ? "\"" : "";
        return new CsvFile(names, path, shown,
            $"read_csv({DuckSql.File(path)}, auto_detect = false, header = true, delim = '{(char)dialect.Delimiter}', " +
            $"quote = '{quote}', escape = '{quote}', columns = {{{columns}}})");
    }

    /// <summary>
    /// Reads the file by the rules of docs/user/csv.md and keeps nothing: DuckDB's reader drops cells and merges rows unsaid.
    /// </summary>
    /// <param name="threads">Threads that read.</param>
    /// <returns>How many rows it has.</returns>
    /// <exception cref="Core.BatchScoringException">It breaks a rule.</exception>
    public long CountRows(int threads)
    {
        using var reader = CsvReader.Open(Path, CsvDialect.Of(Path), Shown);
        reader.Want([], threads);
        long rows = 0;
        while (reader.Next()) rows += reader.Block.Rows;
        return rows;
    }

    /// <summary>The name that a column has in <see cref="From"/>.</summary>
    /// <param name="index">Its place in <see cref="Names"/>.</param>
    public static string Column(int index) => FormattableString.Invariant($"c{index}");
}
