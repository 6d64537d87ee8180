using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>Finds out what an error of DuckDB within a task means, after it happened; the good path pays nothing for it.</summary>
internal static class InputDiagnosis
{
    /// <summary>The error to throw instead.</summary>
    /// <param name="source">Looks at the file again.</param>
    /// <param name="context">The task.</param>
    /// <param name="needed">The columns that were read.</param>
    /// <param name="error">What DuckDB said.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<BatchScoringException> ExplainAsync(
        ParquetSource source, TaskContext context, IReadOnlyCollection<string>? needed, DuckDbException error,
            CancellationToken cancellation)
    {
        if (error.Kind == DuckDbErrorKind.Library) return new BatchScoringException(DuckDbErrors.LibraryMissing, error.Message, error);
        if (error.Kind == DuckDbErrorKind.Memory) return InputErrors.Memory(context.DuckMemoryMiB, error);
        if (error.Kind == DuckDbErrorKind.Disk) return InputErrors.Scratch(context.Scratch, error);
        SplitInput input = context.Split.Input;
        try
        {
            // A file that was replaced while it was read looks corrupt, but is not.
            ParquetSlice slice = new(needed, input.FirstRow, input.Rows);
            string path = await source.OpenAsync(context.Store, input.File, slice, context.Scratch, cancellation);
            return FindRowGroup(context, path, slice, cancellation) ?? InputErrors.Corrupt(input.File.Key, "", error.DuckText, error);
        }
        catch (BatchScoringException e) when (!e.Transient)
        {
            return e;
        }
    }

    private static BatchScoringException? FindRowGroup(
        TaskContext context, string path, ParquetSlice slice, CancellationToken cancellation)
    {
        string key = context.Split.Input.File.Key;
        using TaskDatabase database = context.OpenDatabase();
        using DuckConnection connection = database.Connect();
        IReadOnlyList<long> groups;
        try
        {
            groups = ParquetShapes.RowGroups(connection, path, cancellation);
        }
        catch (DuckDbException e)
        {
            return InputErrors.Corrupt(key, " (its footer is damaged)", e.DuckText, e);
        }

        slice = slice.In(context.Split.Input.File);
        string[] names = slice.Columns is null ? ["*COLUMNS(*)"] : [.. slice.Columns.Select(DuckSql.Identifier)];
        long first = 0;
        for (int group = 0; group < groups.Count; first += groups[group++])
        {
            if (!slice.Meets(first, groups[group])) continue; // Of a remote file it is not here.
            long last = first + groups[group] - 1;
            if (Fault(connection, path, string.Join(", ", names), first, last, cancellation) is not { } error) continue;
            string? column = names.FirstOrDefault(name => Fault(connection, path, name, first, last, cancellation) is not null);
            return InputErrors.Corrupt(key, string.Create(CultureInfo.InvariantCulture,
                $" in row group {group} (rows {first} to {last}){(names.Length > 1 && column is not null ? $", column {column}" : "")}"),
                    error.DuckText, error);
        }

        return null;
    }

    /// <summary>What DuckDB says against columns of a row group; null where it reads them.</summary>
    private static DuckDbException? Fault(DuckConnection connection, string path, string columns, long first, long last,
        CancellationToken cancellation)
    {
        try
        {
            connection.Execute(string.Create(CultureInfo.InvariantCulture,
                $"SELECT bit_xor(hash({columns})) FROM {ParquetSql.NumberedTable(path)} WHERE file_row_number BETWEEN {first} AND {last}"),
                    cancellation);
            return null;
        }
        catch (DuckDbException e)
        {
            return e;
        }
    }
}
