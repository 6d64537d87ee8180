using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Task kind <c>filter</c>: keeps the rows whose key falls into the wanted slots and copies their columns unchanged. Rows without a key
/// have no slot and are set aside, whatever is wanted; duplicates that the plan names are set aside within their slot.
/// </summary>
/// <param name="source">Finds input files.</param>
public sealed class FilterTask(ParquetSource source) : ITaskKind
{
    /// <summary>What task specs call it.</summary>
    public const string KindName = "filter";

    private readonly ParquetShapes _shapes = new();

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public async Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        FilterWork work = context.Work(TasksJson.Default.FilterWork);
        if (work.Slots < 1 || work.FirstSlot < 0 || work.LastSlot < work.FirstSlot || work.LastSlot >= work.Slots)
            throw new BatchScoringException(TaskErrors.WorkInvalid,
                $"Split {context.Split.Split} wants the slots {work.FirstSlot} to {work.LastSlot} of {work.Slots}, which do not exist.");
        string[]? needed = work.Columns is null ? null : [.. work.Columns.Append(work.Key).Distinct(StringComparer.Ordinal)];
        try
        {
            using TaskDatabase database = context.OpenDatabase();
            using DuckConnection connection = database.Connect();
            await using SplitFile file = await SplitFile.OpenAsync(source, _shapes, context, connection, needed, cancellation);
            file.CheckPages([work.Key], cancellation);
            QuarantineLog quarantine = new();
            bool[] kept = Choose(context, work, connection, file, quarantine, cancellation);
            context.Clock.Book("read");
            TypedColumn[] columns = [.. (work.Columns ?? file.Columns.Select(column => column.Name))
                .Select(name => new TypedColumn(name, DuckSql.Identifier(name), ColumnForm.Unchanged))];
            int count = kept.Count(it => it);
            if (count > 0) new RowCopy(context, database, connection, file, columns, kept).Write(cancellation);
            var rows = new TaskRows(count, quarantine, work.Folder, work.Key);
            TaskResult answer = await PartOutput.FinishAsync(context, connection, file, rows, cancellation);
            database.Keep();
            return answer;
        }
        catch (DuckDbException e)
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, e, cancellation);
        }
    }

    /// <summary>Which rows of the split are kept.</summary>
    private static bool[] Choose(
        TaskContext context, FilterWork work, DuckConnection connection, SplitFile file, QuarantineLog quarantine,
            CancellationToken cancellation)
    {
        KeySlot slots = new(work.Salt, work.Slots);
        AscendingRows duplicates = new(context.Split.Input.DuplicateRows);
        bool[] kept = new bool[context.Split.Input.Rows];
        long read = 0;
        string key = DuckSql.Identifier(file.Key(work.Key).Name);
        using DuckResult keys = connection.Query(file.Select($"CAST({key} AS VARCHAR), file_row_number"), cancellation);
        while (keys.NextChunk() is { } chunk)
        {
            read += chunk.Rows;
            ReadOnlySpan<DuckText> texts = chunk.Values<DuckText>(0);
            ReadOnlySpan<long> numbers = chunk.Values<long>(1);
            for (int row = 0; row < texts.Length; row++)
            {
                bool duplicate = duplicates.Contains(numbers[row]);
                if (chunk.IsNull(0, row))
                {
                    quarantine.Add(numbers[row], QuarantineCodes.MissingKey, work.Key);
                }
                else if (slots.Of(texts[row].Utf8) is int slot && slot >= work.FirstSlot && slot <= work.LastSlot)
                {
                    kept[numbers[row] - context.Split.Input.FirstRow] = !duplicate;
                    if (duplicate) quarantine.Add(numbers[row], QuarantineCodes.DuplicateKey, work.Key);
                }
            }
        }

        file.CheckRows(read);
        return kept;
    }
}
