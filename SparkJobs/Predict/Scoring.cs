using System.Collections.Concurrent;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Reads pieces of the input and answers their rows. Thread safe: every call has buffers of its own.</summary>
internal sealed class Scoring
{
    private readonly IModel _model;
    private readonly PredictOptions _options;
    private readonly bool _isText;
    private readonly IBlockScorer _scorer;
    private readonly Prediction[] _predictions;
    private readonly ConcurrentBag<double[]> _spare = [];
    private readonly SplitReaders _readers = new();
    private bool _keyAsText;

    public Scoring(IModel model, PredictOptions options, PredictInput input)
    {
        (_model, _options, _isText) = (model, options, input.IsText);
        _scorer = model.CreateScorer();
        _predictions = [.. options.Types.Select(type => model.PredictionOf(type))];
        _keyAsText = !options.Output.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase); // CSV knows texts only.
        Columns = [.. _predictions.SelectMany(AnswerColumn.Of)];
    }

    public IReadOnlyList<AnswerColumn> Columns { get; }

    /// <summary>Opens every file before the first row is read, so that what is missing is told at once.</summary>
    /// <returns>The key's name and type in the output; null if none is asked for.</returns>
    public DuckColumn? Check(PredictInput input, CancellationToken cancellation)
    {
        using var database = new LazyDatabase(new DuckOptions { Threads = 1 });
        var keys = new HashSet<DuckColumn>();
        foreach (string file in input.Files)
        {
            using ISplitReader reader = Open(database, new Piece(file), threads: 1, cancellation);
            if (reader.KeyColumn is { } key) keys.Add(key);
        }

        _keyAsText |= keys.Count > 1;
        return keys.Count > 1 ? new DuckColumn(_options.Key!, DuckType.Varchar, "VARCHAR") : keys.SingleOrDefault();
    }

    /// <summary>Opens a piece: finds its columns, or says what is missing.</summary>
    public ISplitReader Open(LazyDatabase database, Piece piece, int threads, CancellationToken cancellation)
    {
        var request = new SplitReadRequest
        {
            Path = piece.File,
            Delimiter = _options.Delimiter,
            FirstRow = piece.FirstRow,
            Rows = piece.Rows,
            Columns = ModelColumns.Requests(_scorer.Inputs),
            BindByPosition = !_model.HasFeatureNames,
            Key = _options.Key,
            KeyAsText = _keyAsText,
        };
        return _isText
            ? CsvSplitReader.Open(request, threads, cancellation)
            : _readers.OpenParquet(database, request, _options.Reader, cancellation: cancellation);
    }

    /// <summary>Answers all rows of a piece, in their order.</summary>
    public IEnumerable<ScoredBlock> Score(Piece piece, int threads, CancellationToken cancellation)
    {
        // One database a piece: when it closes, DuckDB's allocator gives everything back, so that memory does not grow with the input.
        using var database = new LazyDatabase(new DuckOptions { Threads = threads });
        double[] raw = new double[ColumnBlock.MaxRows * _scorer.OutputCount];
        ModelColumns columns = new(_scorer.Inputs);
        using ISplitReader reader = Open(database, piece, threads, cancellation);
        while (reader.Next())
        {
            if (reader.Defects.Count > 0) throw PredictErrors.Cell(piece.File, reader.FirstRow + Worst(reader.Defects).Row, Worst(reader.Defects));
            yield return Answer(reader, columns, raw);
        }
    }

    /// <summary>Takes back a block that has been written: garbage would let the process grow with the input.</summary>
    public void Recycle(ScoredBlock block) => _spare.Add(block.Values);

    private ScoredBlock Answer(ISplitReader reader, ModelColumns columns, double[] raw)
    {
        int rows = reader.Rows;
        _scorer.Score(columns.Of(reader.Block), raw);
        double[] values = _spare.TryTake(out double[]? spare) ? spare : new double[Columns.Count * ColumnBlock.MaxRows];
        int first = 0;
        foreach (Prediction prediction in _predictions)
        {
            prediction.Compute(raw, rows, values.AsSpan(first));
            first += prediction.Columns.Length * rows;
        }

        return new ScoredBlock(rows, _options.Key is null ? null : new KeyCells(reader.Key), values);
    }

    /// <summary>The first row at fault; in a column of floating-point categories every row is, so one that shows why goes first.</summary>
    private static CellDefect Worst(IReadOnlyList<CellDefect> defects) =>
        defects.MinBy(defect => (defect.Code == DefectCodes.CategoryFloating, defect.Row));
}
