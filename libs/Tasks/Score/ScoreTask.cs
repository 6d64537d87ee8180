using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Task kind <c>score</c>: reads the model's columns as blocks, sets bad rows aside, scores, and leaves a part with the key under its own
/// name, the score columns, the raw values, <c>model_version</c> and the columns handed on.
/// </summary>
/// <param name="source">Finds input files.</param>
/// <param name="formats">The kinds of model that the program reads.</param>
public sealed class ScoreTask(ParquetSource source, ModelFormats formats) : ITaskKind
{
    /// <summary>What split lines call it.</summary>
    public const string KindName = "score";

    /// <summary>What our own reader may hold of the task's memory; DuckDB has half, model and runtime get the rest.</summary>
    private const int ShareOfReader = 4;

    private readonly ModelCache _models = new(formats);
    private readonly SplitReaders _readers = new();
    private readonly ParquetShapes _shapes = new();

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public async Task<AnswerLine> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        ScoreWork work = context.Work(TasksJson.Default.ScoreWork);
        string[]? needed = null;
        try
        {
            // Both take their time, once in a process.
            Task<LoadedModel> loading = _models.GetAsync(context.Store, work.Model, cancellation);
            using TaskDatabase database = context.OpenDatabase();
            LoadedModel model = await loading;
            // A model without names binds by position: only the file's schema tells the names then, so all columns are needed.
            if (model.HasFeatureNames)
                needed = [.. model.Inputs.Select(input => input.Name).Append(work.Key).Concat(work.PassThrough).Distinct(StringComparer.Ordinal)];
            using DuckConnection connection = database.Connect();
            await using SplitFile file = await SplitFile.OpenAsync(source, _shapes, context, connection, needed, cancellation);
            ScoreTable table = new(model, work);
            QuarantineLog quarantine = new();
            RowGroupCounts groups;
            long read;
            using (ISplitReader reader = Open(context, work, model, database, file, cancellation))
            {
                RowJudge judge = new(work, model.Inputs, ColumnNames(model, file, work.Key), context.Split.Input.DuplicateRows, quarantine);
                ScoreRows rows = new(reader, judge, model, table.Counters, context.Clock, cancellation);
                TaskSource scores = database.Source(table.Columns(reader.KeyColumn!));
                context.Clock.Book("read");
                scores.Rows.Feed(rows.Fill);
                // DuckDB asks for the rows while it writes the part.
                scores.Rows.Run(() => PartOutput.Write(connection, table.Select(file, scores.Table), PartOutput.Path(context), cancellation));
                (read, groups) = (rows.Read, reader.Groups);
            }

            file.CheckRows(read);
            TaskRows made = new(read - quarantine.Rows, quarantine, work.Folder, work.Key);
            AnswerLine answer = await PartOutput.FinishAsync(context, connection, file, made, cancellation) with
            {
                RowGroupsRead = groups.Own,
                RowGroupsUnsupported = groups.Unsupported,
                Statistics = JsonSerializer.SerializeToElement(table.Statistics(), TasksJson.Default.ScoreStatistics),
            };
            database.Keep();
            return answer;
        }
        catch (DuckDbException e)
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, e, cancellation);
        }
        catch (BatchScoringException e) when (e.InnerException is DuckDbException inner && !e.Is(TableErrors.InputUnsupported))
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, inner, cancellation);
        }
    }

    private ISplitReader Open(
        TaskContext context, ScoreWork work, LoadedModel model, TaskDatabase database, SplitFile file, CancellationToken cancellation)
    {
        SplitInput input = context.Split.Input;
        SplitReadRequest request = new()
        {
            Path = file.Local.Path,
            Arriving = file.Local,
            DisplayName = input.File.Key,
            FirstRow = input.FirstRow,
            Rows = input.Rows,
            Columns = model.Columns,
            BindByPosition = !model.HasFeatureNames,
            Key = file.Key(work.Key).Name,
            ReadElsewhere = [work.Key, .. work.PassThrough],
        };
        return _readers.OpenParquet(
            new LazyDatabase(database.Database), request, work.Reader, ((long)context.Header.MemoryMib << 20) / ShareOfReader, cancellation);
    }

    /// <summary>What the file calls the model's columns.</summary>
    private static IReadOnlyList<string> ColumnNames(LoadedModel model, SplitFile file, string key)
    {
        if (model.HasFeatureNames) return [.. model.Inputs.Select(input => input.Name)];
        string[] columns = [.. file.Columns.Select(column => column.Name).Where(name => name != key)];
        return [.. model.Inputs.Select(input => input.Position < columns.Length ? columns[input.Position] : input.Name)];
    }
}
