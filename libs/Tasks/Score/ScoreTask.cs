using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tasks.Reading;

namespace BatchScoring.Tasks;

/// <summary>
/// Task kind <c>score</c>: reads the model's columns as blocks, sets bad rows aside, scores, and leaves a part with the key under its own
/// name, the score columns, the raw values, <c>model_version</c> and the columns handed on.
/// </summary>
/// <param name="source">Finds input files.</param>
public sealed class ScoreTask(IParquetSource source) : ITaskKind
{
    /// <summary>What split lines call it.</summary>
    public const string KindName = "score";

    /// <summary>What our own reader may hold of the task's memory; DuckDB has half, model and runtime get the rest.</summary>
    private const int ShareOfReader = 4;

    private readonly ModelCache _models = new();
    private readonly SplitReaders _readers = new();
    private readonly ParquetShapes _shapes = new();

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public async Task<AnswerLine> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        ScoreWork work = context.Work(TasksJson.Default.ScoreWork);
        LoadedModel model = await _models.GetAsync(context.Store, work.Model, cancellation);
        // A model without names binds by position: only the file's schema tells the names then, so all columns are needed.
        string[]? needed = model.HasFeatureNames
            ? [.. model.Inputs.Select(input => input.Name).Append(work.Key).Concat(work.PassThrough).Distinct(StringComparer.Ordinal)]
            : null;
        try
        {
            using TaskDatabase database = context.OpenDatabase();
            using DuckConnection connection = database.Connect();
            SplitFile file = await SplitFile.OpenAsync(source, _shapes, context, connection, needed, cancellation);
            ScoreTable table = new(model, work);
            QuarantineLog quarantine = new();
            (long scored, RowGroupCounts groups) = Score(context, work, model, database.Database, file, table, quarantine, cancellation);
            AnswerLine answer = await WriteAsync(context, work, connection, file, table, quarantine, scored, cancellation) with
            {
                RowGroupsRead = groups.Own,
                RowGroupsDeclined = groups.Declined,
            };
            database.Keep();
            return answer;
        }
        catch (DuckDbException e)
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, e, cancellation);
        }
        catch (BatchScoringException e) when (e.InnerException is DuckDbException inner)
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, inner, cancellation);
        }
    }

    /// <returns>Rows scored, and who has read the row groups.</returns>
    private (long Rows, RowGroupCounts Groups) Score(
        TaskContext context, ScoreWork work, LoadedModel model, DuckDatabase database, SplitFile file, ScoreTable table,
        QuarantineLog quarantine, CancellationToken cancellation)
    {
        SplitInput input = context.Split.Input;
        SplitReadRequest request = new()
        {
            Path = file.Path,
            DisplayName = input.File.Key,
            FirstRow = input.FirstRow,
            Rows = input.Rows,
            Inputs = model.Inputs,
            BindByPosition = !model.HasFeatureNames,
            Key = file.Key(work.Key).Name,
        };
        RowJudge judge = new(work, model.Inputs, ColumnNames(model, file, work.Key), input.DuplicateRows, quarantine);
        using ISplitReader reader = _readers.OpenParquet(
            new LazyDatabase(database), request, work.Reader, ((long)context.Header.MemoryMiB << 20) / ShareOfReader, cancellation);
        using DuckConnection writer = database.Connect();
        using ScoreWriter scores = table.Open(writer, reader.KeyColumn!);
        long read = 0;
        while (reader.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            read += reader.Rows;
            context.Clock.Book("read");
            scores.Append(reader.Features, reader.FirstRow, reader.Key, judge.Judge(reader));
            context.Clock.Book("evaluate");
        }

        file.CheckRows(read);
        scores.Close();
        return (read - quarantine.Rows, reader.Groups);
    }

    private static async Task<AnswerLine> WriteAsync(
        TaskContext context, ScoreWork work, DuckConnection connection, SplitFile file, ScoreTable table, QuarantineLog quarantine, long scored,
        CancellationToken cancellation)
    {
        var rows = new TaskRows(table.Select(file), scored, quarantine, work.Folder, work.Key);
        return await PartOutput.FinishAsync(context, connection, file, rows, cancellation) with
        {
            Statistics = JsonSerializer.SerializeToElement(table.Statistics(), TasksJson.Default.ScoreStatistics),
        };
    }

    /// <summary>What the file calls the model's columns.</summary>
    private static IReadOnlyList<string> ColumnNames(LoadedModel model, SplitFile file, string key)
    {
        if (model.HasFeatureNames) return [.. model.Inputs.Select(input => input.Name)];
        string[] columns = [.. file.Columns.Select(column => column.Name).Where(name => name != key)];
        return [.. model.Inputs.Select(input => input.Position < columns.Length ? columns[input.Position] : input.Name)];
    }
}
