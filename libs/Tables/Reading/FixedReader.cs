using System.Runtime.InteropServices;
using BatchScoring.Core;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>
/// Columns of a local Parquet file as values of 32 or 64 bits, with their NULLs, by our own reader and in the order of the rows: whoever
/// copies or hashes a table of a thousand columns needs no more, and DuckDB takes several times as long for it.
/// </summary>
/// <remarks>One window of rows is held, column by column; its buffers end at the next <see cref="Next"/>. Not thread safe.</remarks>
public sealed unsafe class FixedReader : IDisposable
{
    /// <summary>The most rows of a window.</summary>
    public const int MaxRows = RowGroupReader.MaxRows;

    private readonly FileByteSource _source;
    private readonly ParquetFile _file;
    private readonly SplitReaders _readers;
    private readonly ReadMemory _memory;
    private readonly RowGroupReader _groups;
    private readonly int[] _places;
    private readonly int _narrow;
    private readonly string _shown;
    private readonly long _end;
    private long _row;
    private int _group = -1;

    private FixedReader(
        SplitReaders readers, FileByteSource source, ParquetFile file, (ParquetColumn Column, bool IsWide)[] columns, string shown,
        long firstRow, long rows, long capBytes)
    {
        (_readers, _source, _file, _shown, _row, _end) = (readers, source, file, shown, firstRow, firstRow + rows);
        _memory = readers.Rent(capBytes);
        ParquetColumn[] narrow = [.. columns.Where(column => !column.IsWide).Select(column => column.Column)];
        _groups = new RowGroupReader(file, narrow, [.. columns.Where(column => column.IsWide).Select(column => column.Column)], _memory);
        (_narrow, int wide) = (narrow.Length, narrow.Length);
        int next = 0;
        _places = [.. columns.Select(column => column.IsWide ? wide++ : next++)];
    }

    /// <summary>Rows of the current window.</summary>
    public int Rows { get; private set; }

    /// <summary>The number within the file of the window's first row, from 0.</summary>
    public long FirstRow => _row - Rows;

    /// <summary>Opens a file, if our own reader reads all of the columns as far as its footer tells.</summary>
    /// <param name="readers">Lends memory.</param>
    /// <param name="path">The file, all bytes that are needed there.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="columns">What is wanted, no column twice.</param>
    /// <param name="capBytes">The memory that a row group's pages may take; the same for all readers, or none is used again.</param>
    /// <param name="firstRow">The first row, from 0.</param>
    /// <param name="rows">How many rows; null for all to the end.</param>
    /// <returns>Null when a column is not there, not a flat column of numbers, or in a form that is not read here.</returns>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: the file cannot be read.</exception>
    public static FixedReader? TryOpen(
        SplitReaders readers, string path, string shown, IReadOnlyList<FixedColumn> columns, long capBytes, long firstRow = 0,
        long? rows = null)
    {
        FileByteSource? source = null;
        try
        {
            source = new FileByteSource(path);
            if (ParquetFile.TryOpen(source, out _) is { } file && Find(file, columns) is { } found)
            {
                var reader = new FixedReader(readers, source, file, found, shown, firstRow, rows ?? file.Rows - firstRow, capBytes);
                if (reader._end <= file.Rows && reader.ReadsAll())
                {
                    source = null;
                    return reader;
                }

                reader.Release();
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReadingErrors.Unusable(shown, e.Message.TrimEnd('.'), e);
        }
        finally
        {
            source?.Dispose();
        }
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="most">The most that are wanted; a window ends with its row group.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: a page is damaged or the file cannot be read;
    /// <c>READER_UNSUPPORTED</c>: a page is in a form that is not read here, and somebody else must read the file.</exception>
    public bool Next(int most = MaxRows)
    {
        try
        {
            Rows = 0;
            if (_row == _end) return false;
            if (_groups.RowsLeft == 0) Load();
            int rows = (int)Math.Min(Math.Min(most, _groups.RowsLeft), _end - _row);
            Require(_groups.Read(rows));
            (Rows, _row) = (rows, _row + rows);
            return true;
        }
        catch (Exception e) when (e is DamagedPageException or IOException)
        {
            throw ReadingErrors.Unusable(_shown, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>A column of the window; what stands under a NULL means nothing.</summary>
    /// <typeparam name="T">A type as wide as the column.</typeparam>
    /// <param name="column">Its place among the columns that were asked for.</param>
    public ReadOnlySpan<T> Values<T>(int column) where T : unmanaged
    {
        int place = _places[column];
        return place < _narrow
            ? MemoryMarshal.Cast<float, T>(new ReadOnlySpan<float>(_groups.Floats(place), Rows))
            : MemoryMarshal.Cast<ulong, T>(new ReadOnlySpan<ulong>(_groups.Wide(place - _narrow), Rows));
    }

    /// <inheritdoc cref="RowGroupReader.FindMissing"/>
    public bool FindMissing(int column, Span<ulong> to) => _groups.FindMissing(_places[column], to);

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _source.Dispose();
    }

    private static (ParquetColumn Column, bool IsWide)[]? Find(ParquetFile file, IReadOnlyList<FixedColumn> wanted)
    {
        var columns = file.Columns.GroupBy(column => column.Name, StringComparer.Ordinal)
            .Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        (ParquetColumn Column, bool IsWide)[] found =
        [
            .. wanted.Select(column => columns.GetValueOrDefault(column.Name) is { } it ? column.Of(it) : null)
                .Where(it => it is not null).Select(it => it!.Value),
        ];
        return found.Length == wanted.Count ? found : null;
    }

    private bool ReadsAll()
    {
        for (int group = 0; group < _file.RowGroups.Count; group++)
        {
            ParquetRowGroup it = _file.RowGroups[group];
            if (it.Rows > 0 && it.FirstRow < _end && it.FirstRow + it.Rows > _row && _groups.Examine(group) is not null) return false;
        }

        return true;
    }

    private void Load()
    {
        do _group++;
        while (_file.RowGroups[_group].FirstRow + _file.RowGroups[_group].Rows <= _row);
        Require(_groups.Load(_group));
        Require(_groups.Skip(_row - _file.RowGroups[_group].FirstRow));
    }

    private void Require(Unsupported? reason)
    {
        if (reason is not null) throw ReadingErrors.Unsupported(_shown, _group, reason);
    }

    private void Release()
    {
        _groups.Dispose();
        _readers.Return(_memory);
    }
}
