using System.Collections.Concurrent;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Reads splits of the input and answers their rows. Thread safe: every call has buffers of its own.</summary>
internal sealed class RowAnswers : IDisposable
{
    private readonly LoadedModel _model;
    private readonly PredictOptions _options;
    private readonly PredictInput _input;
    private readonly Prediction[] _predictions;
    private readonly ConcurrentBag<double[]> _spare = [];
    private readonly SplitReaders _readers = new();
    private readonly IReadOnlyList<ColumnRequest> _requests;
    private bool _keyAsText;

    public RowAnswers(IModel model, PredictOptions options, PredictInput input)
    {
        (_model, _options, _input) = (new LoadedModel(model), options, input);
        _predictions = [.. options.Types.Select(model.PredictionOf)];
        _keyAsText = !options.Output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase); // CSV knows texts only.
        Columns = [.. _predictions.SelectMany(AnswerColumn.Of)];
        using LazyDatabase database = Database(options.Threads, share: 1);
        string first = input.Tables.Files[0];
        _requests = ModelColumns.Bind(model, input.Shown(first), ColumnNames(database, first), options.Key);
    }

    public IReadOnlyList<AnswerColumn> Columns { get; }

    /// <summary>Opens every file before the first row is read, so that what is missing is told at once.</summary>
    /// <returns>The key's name and type in the output; null if none is asked for.</returns>
    public DuckColumn? Check(CancellationToken cancellation)
    {
        using LazyDatabase database = Database(threads: 1, share: 1);
        var keys = new HashSet<DuckColumn>();
        foreach (string file in _input.Tables.Files)
        {
            using ISplitReader reader = Open(database, new FileSplit(file), threads: 1, cancellation);
            if (reader.KeyColumn is { } key) keys.Add(key);
        }

        _keyAsText |= keys.Count > 1;
        return keys.Count > 1 ? new DuckColumn(_options.Key!, DuckType.Varchar, "VARCHAR") : keys.SingleOrDefault();
    }

    /// <summary>Answers all rows of a split, in their order.</summary>
    /// <param name="split">The rows.</param>
    /// <param name="threads">Threads that DuckDB may use.</param>
    /// <param name="share">How many such calls share the memory.</param>
    /// <param name="cancellation">Ends it.</param>
    public IEnumerable<ScoredBlock> Score(FileSplit split, int threads, int share, CancellationToken cancellation)
    {
        // One database a split: when it closes, DuckDB's allocator gives everything back, so that memory does not grow with the input.
        using LazyDatabase database = Database(threads, share);
        BlockScores scores = new(_model, _predictions);
        using ISplitReader reader = Open(database, split, threads, cancellation);
        while (reader.Next())
        {
            if (reader.Defects.Count > 0)
            {
                CellDefect worst = Worst(reader.Defects);
                throw PredictErrors.Cell(_input.Shown(split.File), reader.FirstRow + worst.Row, worst,
                    _options.Output == PredictJob.Standard);
            }

            double[] values = _spare.TryTake(out double[]? spare) ? spare : new double[scores.ColumnCount * ColumnBlock.MaxRows];
            scores.Compute(reader.Block, values);
            yield return new ScoredBlock(reader.Rows, _options.Key is null ? null : new KeyCells(reader.Key), values);
        }
    }

    /// <summary>Takes back a block that has been written: garbage would let the process grow with the input.</summary>
    public void Recycle(ScoredBlock block) => _spare.Add(block.Values);

    public void Dispose() => _readers.Dispose();

    private ISplitReader Open(LazyDatabase database, FileSplit split, int threads, CancellationToken cancellation)
    {
        var request = new SplitReadRequest
        {
            Path = split.File,
            DisplayName = _input.Shown(split.File),
            FirstRow = split.FirstRow,
            Rows = split.Rows,
            Columns = _requests,
            Key = _options.Key,
            KeyAsText = _keyAsText,
            Delimiter = _options.Delimiter,
        };
        return _input.Tables.IsText
            ? CsvSplitReader.Open(request, threads, cancellation)
            : _readers.OpenParquet(database, request, _options.Reader, cancellation: cancellation);
    }

    private IReadOnlyList<string> ColumnNames(LazyDatabase database, string file) => _input.Tables.IsText
        ? Tables.ColumnNames.OfText(file, _options.Delimiter, _input.Shown(file))
        : Tables.ColumnNames.OfParquet(database, file, _input.Shown(file));

    private LazyDatabase Database(int threads, int share) =>
        new(new DuckOptions { Threads = threads, MemoryLimitMiB = Math.Max(1, _options.MemoryMiB / share) });

    /// <summary>The first row at fault; in a column of floating-point categories every row is, so one that shows why goes first.</summary>
    private static CellDefect Worst(IReadOnlyList<CellDefect> defects) =>
        defects.MinBy(defect => (defect.Code == DefectCodes.CategoryFloating, defect.Row));
}
