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
    /// <summary>Bytes of a pass that is not worth saving.</summary>
    private const long LeastBytes = 48L << 20;

    private readonly Lock _reading = new();
    private readonly Dictionary<string, Array> _read = new(StringComparer.Ordinal);
    private bool _hasRead;
    private long _held;

    /// <summary>The columns, numbers and categories, in the order of the table.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="categories">Those of them that are categories.</param>
    /// <param name="forbidsMissing">Whether a missing number is an error.</param>
    public IReadOnlyList<LearnColumn> Of(IReadOnlyList<string> names, IReadOnlySet<string> categories, bool forbidsMissing)
    {
        // The trainer asks for numbers before categories.
        Dictionary<string, string[]> passes = new(StringComparer.Ordinal);
        for (string[] left = [.. names.OrderBy(categories.Contains)]; left.Length > 0;)
        {
            string[] pass = left[..Math.Min(left.Length, Width(left.Length))];
            foreach (string name in pass) passes[name] = pass;
            left = left[pass.Length..];
        }

        return [.. names.Select(name => categories.Contains(name)
            ? (LearnColumn)new CategoryColumn(name, () => (int[])Take(name, passes[name], categories))
            : new NumericColumn(name, () => Number(name, (float[])Take(name, passes[name], categories), forbidsMissing)))];
    }

    /// <summary>
    /// Columns of a pass: with their bins they fit where the bins of all that are not read yet will be, a byte each; so many columns cost
    /// few passes, and no pass needs more memory than the training.
    /// </summary>
    private int Width(int left) =>
        (int)Math.Clamp(Math.Max(LeastBytes, (long)left * count * 3 / 4) / sizeof(float) / Math.Max(1, count), 1, int.MaxValue);

    private static float[] Number(string name, float[] values, bool forbidsMissing) => forbidsMissing && Array.Exists(values, float.IsNaN)
        ? throw FitErrors.MissingForbidden(name) : values;

    private Array Take(string name, string[] pass, IReadOnlySet<string> categories)
    {
        lock (_reading)
        {
            if (_read.Remove(name, out Array? values)) return values;
            // The columns of the pass before are large and nobody's any more: without this the next ones come on top of them.
            if (_hasRead) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _hasRead = true;
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
        _held = GC.GetTotalMemory(forceFullCollection: false);
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
            while (reader.Next())
            {
                Copy(reader, piece.File, piece.First, columns);
                Tidy();
            }
        });
        return columns;
    }

    /// <summary>Beside large columns the runtime lets as much garbage lie as they are large; readers leave some with every block.</summary>
    private void Tidy()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - Volatile.Read(ref _held) < LeastBytes) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        Volatile.Write(ref _held, GC.GetTotalMemory(forceFullCollection: false));
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
