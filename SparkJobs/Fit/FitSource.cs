using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>The files that rows come from, in the order in which they count, and how they are read.</summary>
internal sealed class FitSource : IDisposable
{
    private readonly FitOptions _options;
    private readonly SplitReaders _readers = new();
    private readonly HashSet<string> _contradicted;
    private readonly IReadOnlyList<(string Shown, IReadOnlyList<string> Names)> _inputs;

    private FitSource(
        FitOptions options, IReadOnlyList<FitFile> files, IReadOnlyList<(string Shown, IReadOnlyList<string> Names)> inputs,
        IEnumerable<string> contradicted) =>
        (_options, Files, _inputs, _contradicted) = (options, files, inputs, contradicted.ToHashSet(StringComparer.Ordinal));

    public IReadOnlyList<FitFile> Files { get; }

    /// <summary>The columns of the first file, or of the table's log; other files may have them in another order.</summary>
    public IReadOnlyList<string> Names => _inputs[0].Names;

    public static FitSource Find(FitOptions options, IReadOnlyList<string> inputs, CancellationToken cancellation)
    {
        List<FitFile> files = [];
        List<string> contradicted = [];
        List<(string, IReadOnlyList<string>)> read = [];
        foreach (string input in inputs)
        {
            TableFiles found = options.Copied.TryGetValue(input, out FolderTable? copied)
                ? TableFiles.Of(copied, cancellation) : TableFiles.Find(input, options.Folder, cancellation);
            contradicted.AddRange(found.Contradicted);
            read.Add((found.Files.Count > 0 ? found.Files[0].Path : "The table", NamesOf(found, options)));
            files.AddRange(found.Files.Select(file => new FitFile(file, found.IsText)));
        }

        return new FitSource(options, files, read, contradicted);
    }

    /// <summary>Says which columns are missing in an input, all at once.</summary>
    /// <param name="columns">What must be there.</param>
    /// <param name="inputs">In how many of the inputs, from the first on.</param>
    public void Require(IEnumerable<string> columns, int inputs = int.MaxValue)
    {
        string[] needed = [.. columns.Distinct(StringComparer.Ordinal)];
        foreach ((string shown, IReadOnlyList<string> names) in _inputs.Take(inputs))
            if (needed.Except(names, StringComparer.Ordinal).ToArray() is { Length: > 0 } missing)
                throw FitErrors.ColumnsMissing(shown, missing, names);
        if (needed.FirstOrDefault(_contradicted.Contains) is { } twice)
            throw InputErrors.PathColumn(Files.Count > 0 ? Files[0].Shown : "The table", twice);
    }

    public LazyDatabase Database() => new(new DuckOptions { Threads = _options.Threads, MemoryLimitMiB = _options.MemoryMiB });

    /// <summary>Opens a piece of a file.</summary>
    public ISplitReader Open(
        LazyDatabase database, FitFile file, FileSplit split, IReadOnlyList<ColumnRequest> columns, CancellationToken cancellation)
    {
        SplitReadRequest request = new()
        {
            Path = split.File.Path,
            View = split.File.Columns,
            FirstRow = split.FirstRow,
            Rows = split.Rows,
            Columns = columns,
            Delimiter = _options.Delimiter,
        };
        return file.IsText
            ? CsvSplitReader.Open(request, _options.Threads, cancellation)
            : _readers.OpenParquet(database, request, _options.Reader, cancellation: cancellation);
    }

    public void Dispose() => _readers.Dispose();

    private static IReadOnlyList<string> NamesOf(TableFiles found, FitOptions options)
    {
        if (found.Columns is { } columns) return [.. columns.Select(column => column.Name)];
        TableFile first = found.Files[0];
        if (found.IsText) return ColumnNames.OfText(first.Path, options.Delimiter, first.Path);
        using LazyDatabase database = new(new DuckOptions { Threads = 1 });
        IReadOnlyList<string> held = ColumnNames.OfParquet(database, first.Path, first.Path);
        return [.. held, .. first.Columns.Select(column => column.Name).Except(held, StringComparer.Ordinal)];
    }
}

/// <summary>A file of rows.</summary>
internal sealed record FitFile(TableFile File, bool IsText)
{
    /// <summary>What messages call it.</summary>
    public string Shown => File.Path;
}
