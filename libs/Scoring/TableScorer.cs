using System.Collections.Concurrent;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>Scores all rows of local files, in their order, by one thread or several; the predictions are the same.</summary>
/// <remarks>One caller at a time.</remarks>
public sealed class TableScorer : IDisposable
{
    private readonly LoadedModel _model;
    private readonly IReadOnlyList<Prediction> _predictions;
    private readonly TableScorerOptions _options;
    private readonly ConcurrentBag<double[]> _spare = [];
    private readonly SplitReaders _readers = new();
    private readonly IReadOnlyList<ColumnRequest> _requests;
    private bool _keyAsText;

    /// <summary>Binds a model to the columns of the first file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="predictions">What is asked for, in the order of the columns.</param>
    /// <param name="options">Which rows, and how.</param>
    /// <exception cref="Core.BatchScoringException">The first file cannot be read, or has too few columns.</exception>
    /// <exception cref="ModelException">The model cannot be scored here.</exception>
    public TableScorer(IModel model, IReadOnlyList<Prediction> predictions, TableScorerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_model, _predictions, _options, _keyAsText) = (new LoadedModel(model), predictions, options, options.KeyAsText);
        string shown = options.Files.Files.Count > 0 ? options.Shown(options.Files.Files[0].Path) : "The table";
        IReadOnlyList<string> names = Names(shown);
        _requests = ModelColumns.Bind(model, shown, names, options.Key);
        string[] needed = [.. _requests.Select(request => request.Name).Append(options.Key).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (options.Files.Columns is not null && needed.Except(names, StringComparer.Ordinal).ToArray() is { Length: > 0 } missing)
            throw InputErrors.TableColumnsMissing(shown, missing, names);
        if (needed.FirstOrDefault(options.Files.Contradicted.Contains) is { } twice) throw InputErrors.PathColumn(shown, twice);
    }

    /// <summary>Opens every file before the first row is read, so that what is missing is told at once.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Name and type of <see cref="ScoredBlock.Key"/>; null if no key is asked for.</returns>
    /// <exception cref="Core.BatchScoringException">A file cannot be read, or lacks columns.</exception>
    public DuckColumn? Check(CancellationToken cancellation)
    {
        using LazyDatabase database = Database(threads: 1, share: 1);
        var keys = new HashSet<DuckColumn>();
        if (_options.Files is { Files: [], Columns: { } columns } && _options.Key is { } named)
            return ColumnNames.EmptyKey(database, columns.Single(column => column.Name == named), _keyAsText);
        foreach (TableFile file in _options.Files.Files)
        {
            using ISplitReader reader = Open(database, new FileSplit(file), threads: 1, cancellation);
            if (reader.KeyColumn is { } key) keys.Add(key);
        }

        _keyAsText |= keys.Count > 1;
        return keys.Count > 1 ? new DuckColumn(_options.Key!, DuckType.Varchar, "VARCHAR") : keys.SingleOrDefault();
    }

    /// <summary>Scores all rows. Whoever is done with a block may <see cref="Recycle"/> it.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Core.BatchScoringException">While blocks are taken: a file cannot be read on, or the validator refuses a row.</exception>
    public IEnumerable<ScoredBlock> Score(CancellationToken cancellation)
    {
        IReadOnlyList<FileSplit> splits = FileSplit.Cut(_options.Files, _options.Threads);
        int threads = Math.Min(_options.Threads, splits.Count);
        // A single split leaves the threads to its reader.
        return threads == 1
            ? splits.SelectMany(split => Score(split, _options.Threads, share: 1, cancellation))
            : InOrder.Run(splits.Count, threads, (i, stop) => Score(splits[i], threads: 1, threads, stop), cancellation);
    }

    /// <summary>Takes back a block that is done with: garbage would let the process grow with the input.</summary>
    public void Recycle(ScoredBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        _spare.Add(block.Values);
    }

    /// <inheritdoc/>
    public void Dispose() => _readers.Dispose();

    /// <param name="split">The rows.</param>
    /// <param name="threads">Threads that read.</param>
    /// <param name="share">How many such calls share the memory.</param>
    /// <param name="cancellation">Ends it.</param>
    private IEnumerable<ScoredBlock> Score(FileSplit split, int threads, int share, CancellationToken cancellation)
    {
        // One database a split: when it closes, DuckDB's allocator gives everything back, so that memory does not grow with the input.
        using LazyDatabase database = Database(threads, share);
        using ISplitReader reader = Open(database, split, threads, cancellation);
        var rows = new ScoredStream(_model, _predictions, reader, _options.Validator(split.File));
        while (true)
        {
            double[] values = _spare.TryTake(out double[]? spare) ? spare : new double[ScoredStream.MaxValues(_predictions)];
            if (Next(rows, reader, values) is not { } block)
            {
                _spare.Add(values);
                yield break;
            }

            if (block.Rows > 0) yield return block;
            else _spare.Add(values);
        }
    }

    /// <returns>Null at the end; without the rows that are not to be kept.</returns>
    private ScoredBlock? Next(ScoredStream rows, ISplitReader reader, double[] values)
    {
        if (!rows.Next(values, out ReadOnlySpan<bool> keep)) return null;
        int[]? kept = keep.Contains(false) ? [.. keep.ToArray().Index().Where(row => row.Item).Select(row => row.Index)] : null;
        if (kept is not null)
        {
            // Each value moves forward, or stays where it is.
            for (int column = 0; column < rows.ColumnCount; column++)
                for (int i = 0; i < kept.Length; i++) values[(column * kept.Length) + i] = values[(column * reader.Rows) + kept[i]];
        }

        return new ScoredBlock(kept?.Length ?? reader.Rows, _options.Key is null ? null : new BlockKeys(reader.Key, kept), values);
    }

    private IReadOnlyList<string> Names(string shown)
    {
        if (_options.Files.Columns is { } columns) return [.. columns.Select(column => column.Name)];
        TableFile first = _options.Files.Files[0];
        if (_options.Files.IsText) return ColumnNames.OfText(first.Path, _options.Delimiter, shown);
        using LazyDatabase database = Database(_options.Threads, share: 1);
        IReadOnlyList<string> held = ColumnNames.OfParquet(database, first.Path, shown);
        return [.. held, .. first.Columns.Select(column => column.Name).Except(held, StringComparer.Ordinal)];
    }

    private ISplitReader Open(LazyDatabase database, FileSplit split, int threads, CancellationToken cancellation)
    {
        var request = new SplitReadRequest
        {
            Path = split.File.Path,
            View = split.File.Columns,
            DisplayName = _options.Shown(split.File.Path),
            FirstRow = split.FirstRow,
            Rows = split.Rows,
            Columns = _requests,
            Key = _options.Key,
            KeyAsText = _keyAsText,
            Delimiter = _options.Delimiter,
        };
        return _options.Files.IsText
            ? CsvSplitReader.Open(request, threads, cancellation)
            : _readers.OpenParquet(database, request, _options.Reader, cancellation: cancellation);
    }

    private LazyDatabase Database(int threads, int share) =>
        new(new DuckOptions { Threads = threads, MemoryLimitMiB = Math.Max(1, _options.MemoryMiB / share) });
}
