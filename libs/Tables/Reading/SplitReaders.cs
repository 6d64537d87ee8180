using System.Collections.Concurrent;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Opens readers of Parquet files, and keeps the memory that one has worked in for the next: its first touch is dear.</summary>
/// <remarks>Thread safe. Dispose it after the last of its readers.</remarks>
/// <param name="decoder">One of <see cref="Decoders.Available"/>; null for what <see cref="Decoders.EnvironmentVariable"/> names, else the
/// fastest.</param>
public sealed class SplitReaders(string? decoder = null) : IDisposable
{
    private readonly ConcurrentBag<ReadMemory> _spare = [];
    private readonly string? _decoder = decoder ?? Environment.GetEnvironmentVariable(Decoders.EnvironmentVariable);

    /// <summary>Opens a file: finds its columns, reads no row.</summary>
    /// <param name="database">Reads what our own reader does not, and is opened only for that; must outlive the reader.</param>
    /// <param name="request">What to read.</param>
    /// <param name="choice">Who reads.</param>
    /// <param name="capBytes">The memory that a row group's pages may take in our own reader; larger ones go through DuckDB.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, it is no Parquet, columns are missing or of types that
    /// cannot be what is asked for (all are named at once), or only our own reader may read and does not.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ISplitReader OpenParquet(
        LazyDatabase database, SplitReadRequest request, ReaderChoice choice, long capBytes = ReadMemory.DefaultCapBytes,
        CancellationToken cancellation = default)
    {
        if (Decoders.Check(_decoder) is { } wrong) throw ReadingErrors.Decoder(wrong);
        if (!File.Exists(request.Path)) throw ReadingErrors.NotFound(request.Shown);
        if (choice == ReaderChoice.DuckDb) return DuckSplitReader.OpenParquet(database.Value, request, cancellation);
        try
        {
            var source = new FileByteSource(request.Path, request.Arriving is { } file ? file.WaitFor : null);
            return Open(source, database, request, choice, capBytes, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadingErrors.Unusable(request.Shown, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        while (_spare.TryTake(out ReadMemory? memory)) memory.Dispose();
    }

    internal ReadMemory Rent(long capBytes)
    {
        while (_spare.TryTake(out ReadMemory? memory))
        {
            if (memory.CapBytes == capBytes) return memory;
            memory.Dispose();
        }

        return new ReadMemory(capBytes);
    }

    internal void Return(ReadMemory memory) => _spare.Add(memory);

    private ISplitReader Open(
        FileByteSource source, LazyDatabase database, SplitReadRequest request, ReaderChoice choice, long capBytes,
            CancellationToken cancellation)
    {
        var file = ParquetFile.TryOpen(source, out Unsupported? reason);
        ColumnBinding? binding = file is null ? null : ColumnBinding.Bind(file, request);
        if (binding is { Numbers.Count: > 0 })
            return new ColumnSplitReader(source, file!, binding, database, request,
                new ColumnReaderOptions(this, capBytes, _decoder, choice), cancellation);

        // No number among the columns, or not all of them are there: DuckDB reads the file, or says what is wrong.
        using (source)
        {
            if (reason is not null && choice == ReaderChoice.Native) throw ReadingErrors.Unsupported(request.Shown, 0, reason);
            var reader = DuckSplitReader.OpenParquet(database.Value, request with { Footer = file, Unread = reason }, cancellation);
            if (reason is not null) reader.Groups.AddUnsupported(reason.Code);
            try
            {
                if (binding is not null) CheckPages(file!, binding, request, capBytes, cancellation);
                return reader;
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }
    }

    private void CheckPages(ParquetFile file, ColumnBinding binding, SplitReadRequest request, long capBytes,
        CancellationToken cancellation)
    {
        ReadMemory memory = Rent(capBytes);
        try
        {
            ParquetPages.Check(file, binding.ReadByOthers, new ParquetSlice(null, request.FirstRow, request.Rows ?? long.MaxValue), memory,
                cancellation);
        }
        catch (DamagedPageException e)
        {
            throw ReadingErrors.Unusable(request.Shown, e.Message, e);
        }
        finally
        {
            Return(memory);
        }
    }
}
