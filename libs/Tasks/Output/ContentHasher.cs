using System.Runtime.InteropServices;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// The content hash of rows as they lie in a file: what was written is what is hashed, so a fault in the writing shows. Counts every
/// column but <see cref="ModelVersion"/>; types that are not fixed-width or text are hashed as DuckDB's text of them.
/// </summary>
/// <remarks>Thread safe; every call works on the caller's connection.</remarks>
public static class ContentHasher
{
    /// <summary>The column that says which model scored; equal scores are equal content whatever the model was called.</summary>
    public const string ModelVersion = "model_version";

    /// <summary>Hashes all rows of a part. Our own reader reads what it can: it is faster, and not the writer's twin.</summary>
    /// <param name="context">The task; its reader's memory is used.</param>
    /// <param name="connection">Reads the other columns.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="DuckDbException">The file cannot be read.</exception>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: it is damaged.</exception>
    internal static ContentHash OfPart(TaskContext context, DuckConnection connection, string path, CancellationToken cancellation)
    {
        string table = ParquetSql.Table(path);
        DuckColumn[] columns = Columns(connection, table, cancellation);
        FixedColumn[] own = [.. columns.Where(column => FixedColumn.Holds(column.Type))
            .Select(column => new FixedColumn(column.Name, false))];
        using FixedReader? reader = own.Length > 0 ? FixedReader.TryOpen(context.Readers, path, path, own, context.ReaderCapBytes) : null;
        return (reader is null ? null : Of(connection, table, columns, reader, cancellation))
            ?? Of(connection, table, columns, null, cancellation)!.Value;
    }

    /// <summary>Hashes all rows of a table or table function.</summary>
    internal static ContentHash OfTable(DuckConnection connection, string table, CancellationToken cancellation) =>
        Of(connection, table, Columns(connection, table, cancellation), null, cancellation)!.Value;

    private static DuckColumn[] Columns(DuckConnection connection, string table, CancellationToken cancellation)
    {
        using DuckResult schema = connection.Query($"SELECT * FROM {table} LIMIT 0", cancellation);
        return [.. schema.Columns.Where(column => column.Name != ModelVersion)];
    }

    /// <param name="connection">Reads the other columns, or all.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">What is hashed, in this order.</param>
    /// <param name="own">The columns of fixed width; null where the connection reads them too.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>Null where these do not come in the blocks of the others, or in a form that is not read.</returns>
    private static ContentHash? Of(
        DuckConnection connection, string table, DuckColumn[] columns, FixedReader? own, CancellationToken cancellation)
    {
        DuckColumn[] others = [.. columns.Where(column => own is null || !FixedColumn.Holds(column.Type))];
        string list = others.Length == 0 ? "true" : string.Join(", ", others.Select(column => IsHashable(column.Type)
            ? DuckSql.Identifier(column.Name)
            : $"CAST({DuckSql.Identifier(column.Name)} AS VARCHAR) AS {DuckSql.Identifier(column.Name)}"));
        ulong[] seeds = [.. columns.Select(column => RowHasher.NameSeed(column.Name))];
        ulong[] valid = new ulong[FixedReader.MaxRows / 64];
        var hasher = new RowHasher();
        UInt128 sum = 0;
        long rows = 0;
        using DuckResult result = connection.Query($"SELECT {list} FROM {table}", cancellation);
        while (result.NextChunk() is { } chunk)
        {
            if (own is not null && !IsInStep(own, chunk.Rows)) return null;
            hasher.Begin(chunk.Rows);
            for (int column = 0, other = 0, number = 0; column < columns.Length; column++)
            {
                if (own is null || !FixedColumn.Holds(columns[column].Type))
                {
                    Add(hasher, chunk, other, result.Columns[other].Type, seeds[column]);
                    other++;
                }
                else
                {
                    Add(hasher, own, number, columns[column].Type, seeds[column], valid);
                    number++;
                }
            }

            for (int row = 0; row < chunk.Rows; row++) sum = unchecked(sum + hasher.Row(row));
            rows += chunk.Rows;
        }

        return new ContentHash(sum, rows);
    }

    private static bool IsInStep(FixedReader own, int rows)
    {
        try
        {
            return own.Next(rows) && own.Rows == rows;
        }
        catch (BatchScoringException e) when (e.Is(TableErrors.ReaderUnsupported))
        {
            return false;
        }
    }

    private static bool IsHashable(DuckType type) => type is DuckType.Varchar or DuckType.Blob || IsFixed(type);

    private static bool IsFixed(DuckType type) => type is
        (>= DuckType.Boolean and <= DuckType.Time)
        or DuckType.TimestampSeconds or DuckType.TimestampMilliseconds or DuckType.TimestampNanoseconds or DuckType.TimestampWithZone;

    private static void Add(RowHasher hasher, DuckChunk chunk, int column, DuckType type, ulong seed)
    {
        ReadOnlySpan<ulong> valid = chunk.Validity(column);
        switch (type)
        {
            case DuckType.Boolean: hasher.AddInteger(seed, MemoryMarshal.Cast<bool, byte>(chunk.Values<bool>(column)), valid); break;
            case DuckType.TinyInt: hasher.AddInteger(seed, chunk.Values<sbyte>(column), valid); break;
            case DuckType.SmallInt: hasher.AddInteger(seed, chunk.Values<short>(column), valid); break;
            case DuckType.Integer or DuckType.Date: hasher.AddInteger(seed, chunk.Values<int>(column), valid); break;
            case DuckType.UTinyInt: hasher.AddInteger(seed, chunk.Values<byte>(column), valid); break;
            case DuckType.USmallInt: hasher.AddInteger(seed, chunk.Values<ushort>(column), valid); break;
            case DuckType.UInteger: hasher.AddInteger(seed, chunk.Values<uint>(column), valid); break;
            case DuckType.UBigInt: hasher.AddInteger(seed, chunk.Values<ulong>(column), valid); break;
            case DuckType.Float: hasher.Add(seed, chunk.Values<float>(column), valid); break;
            case DuckType.Double: hasher.Add(seed, chunk.Values<double>(column), valid); break;
            case DuckType.Varchar or DuckType.Blob: AddTexts(hasher, chunk, column, seed); break;
            default: hasher.AddInteger(seed, chunk.Values<long>(column), valid); break;
        }
    }

    private static void Add(RowHasher hasher, FixedReader own, int column, DuckType type, ulong seed, ulong[] room)
    {
        ReadOnlySpan<ulong> valid = own.FindMissing(column, room) ? room : default;
        switch (type)
        {
            case DuckType.Float: hasher.Add(seed, own.Values<float>(column), valid); break;
            case DuckType.Double: hasher.Add(seed, own.Values<double>(column), valid); break;
            case DuckType.Integer or DuckType.UInteger: hasher.AddInteger(seed, own.Values<uint>(column), valid); break;
            default: hasher.AddInteger(seed, own.Values<ulong>(column), valid); break;
        }
    }

    private static void AddTexts(RowHasher hasher, DuckChunk chunk, int column, ulong seed)
    {
        ReadOnlySpan<DuckText> texts = chunk.Values<DuckText>(column);
        for (int row = 0; row < texts.Length; row++)
        {
            if (chunk.IsNull(column, row)) hasher.AddNull(row, seed);
            else hasher.AddText(row, seed, texts[row].Utf8);
        }
    }
}
