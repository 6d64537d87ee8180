using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>
/// The features of the rows that count. They are read when the trainer asks for them, some columns in one pass over the files, and forgotten
/// when it has them: the table is never whole in memory.
/// </summary>
/// <param name="source">The files.</param>
/// <param name="rows">Which rows.</param>
/// <param name="count">How many rows.</param>
/// <param name="threads">Threads that read.</param>
/// <param name="cancellation">Ends reading.</param>
internal sealed class FitColumns(FitSource source, RowSet rows, int count, int threads, CancellationToken cancellation)
{
    /// <summary>Bytes of a pass, at most.</summary>
    private const long PassBytes = 128L << 20;

    private readonly Lock _reading = new();
    private readonly Dictionary<string, Array> _read = new(StringComparer.Ordinal);

    /// <summary>The columns, numbers and categories, in the order of the table.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="categories">Those of them that are categories.</param>
    /// <param name="forbidsMissing">Whether a missing number is an error.</param>
    public IReadOnlyList<LearnColumn> Of(IReadOnlyList<string> names, IReadOnlySet<string> categories, bool forbidsMissing)
    {
        int width = (int)Math.Clamp(PassBytes / sizeof(float) / Math.Max(1, count), 1, names.Count);
        // The trainer asks for numbers before categories.
        Dictionary<string, string[]> passes = new(StringComparer.Ordinal);
        foreach (string[] pass in names.OrderBy(categories.Contains).Chunk(width))
            foreach (string name in pass) passes[name] = pass;
        return [.. names.Select(name => categories.Contains(name)
            ? (LearnColumn)new CategoryColumn(name, () => (int[])Take(name, passes[name], categories))
            : new NumericColumn(name, () => Number(name, (float[])Take(name, passes[name], categories), forbidsMissing)))];
    }

    private static float[] Number(string name, float[] values, bool forbidsMissing) => forbidsMissing && Array.Exists(values, float.IsNaN)
        ? throw FitErrors.MissingForbidden(name) : values;

    private Array Take(string name, string[] pass, IReadOnlySet<string> categories)
    {
        lock (_reading)
        {
            if (_read.Remove(name, out Array? values)) return values;
            Array[] columns = Read(pass, categories);
            for (int column = 0; column < pass.Length; column++) _read[pass[column]] = columns[column];
            _read.Remove(name, out values);
            return values!;
        }
    }

    private Array[] Read(string[] pass, IReadOnlySet<string> categories)
    {
        ColumnRequest[] requests = [.. pass.Select(name => categories.Contains(name)
            ? new ColumnRequest(name, ColumnKind.Category, new CategoryCodes(CategoryHash.Encoder))
            : new ColumnRequest(name, ColumnKind.Number))];
        Array[] columns = [.. pass.Select(name => categories.Contains(name) ? (Array)new int[count] : new float[count])];
        List<(FileRows File, FileSplit Split, int First)> pieces = [];
        int first = 0;
        foreach (FileRows file in rows.Files)
        {
            foreach (FileSplit split in FileSplit.Cut(new TableFiles([file.File.File], file.File.IsText), threads)) pieces.Add((file, split, first));
            first += file.Kept;
        }

        Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, piece =>
        {
            using LazyDatabase database = source.Database();
            using ISplitReader reader = source.Open(database, piece.File.File, piece.Split, requests, cancellation);
            while (reader.Next()) Copy(reader, piece.File, piece.First, columns);
        });
        return columns;
    }

    private static void Copy(ISplitReader reader, FileRows file, int first, Array[] columns)
    {
        if (reader.Defects.Where(defect => file.Counts(reader.FirstRow + defect.Row)).ToArray() is { Length: > 0 } defects)
        {
            // In a column of floating-point categories every row is at fault, so one that shows why goes first.
            CellDefect worst = defects.MinBy(defect => (defect.Code == DefectCodes.CategoryFloating, defect.Row));
            throw FitErrors.Cell(file.File.Shown, reader.FirstRow + worst.Row, worst);
        }

        int[] kept = [.. Enumerable.Range(0, reader.Rows).Where(row => file.Counts(reader.FirstRow + row))];
        int at = first + file.Before(reader.FirstRow);
        for (int column = 0; column < columns.Length; column++)
        {
            if (columns[column] is float[] numbers) Copy(reader.Block.NumbersOf(column), kept, numbers.AsSpan(at));
            else Copy(reader.Block.CodesOf(column), kept, ((int[])columns[column]).AsSpan(at));
        }
    }

    private static void Copy<T>(ReadOnlySpan<T> cells, int[] kept, Span<T> to)
    {
        if (kept.Length == cells.Length)
        {
            cells.CopyTo(to);
            return;
        }

        for (int row = 0; row < kept.Length; row++) to[row] = cells[kept[row]];
    }
}
