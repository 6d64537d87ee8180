using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
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
    /// <summary>What task specs call it.</summary>
    public const string KindName = "score";

    private readonly ModelCache _models = new(formats);
    private readonly ParquetShapes _shapes = new();

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public async Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        ScoreWork work = context.Work(TasksJson.Default.ScoreWork);
        string[]? needed = null;
        try
        {
            // Both take their time, once in a process.
            Task<LoadedModel> loading = _models.GetAsync(context.Store.GetAsync, work.Model, cancellation);
            using TaskDatabase database = context.OpenDatabase();
            LoadedModel model = await loading;
            IReadOnlyList<ColumnRequest> columns = ModelColumns.Bind(model.Model, context.Split.Input.File.Key, work.Columns, work.Key);
            needed = [.. columns.Select(column => column.Name).Append(work.Key).Concat(work.PassThrough).Distinct(StringComparer.Ordinal)];
            using DuckConnection connection = database.Connect();
            await using SplitFile file = await SplitFile.OpenAsync(source, _shapes, context, connection, needed, cancellation);
            (Prediction scores, Prediction raw) = (model.Model.Scores(), model.Model.PredictionOf(PredictionType.RawFormulaVal));
            ScoreTable table = new(scores, raw, work);
            QuarantineLog quarantine = new();
            FeatureCounts features;
            RowGroupCounts groups;
            long read;
            using (ISplitReader reader = Open(context, work, columns, database, file, cancellation))
            {
                RowValidator validator = new(
                    work.Key, model.Model.Inputs, columns, work.Rules, context.Split.Input.DuplicateRows, quarantine.Add);
                features = new FeatureCounts(model.Model.Inputs, work.Rules);
                ScoredStream scored = new(model, [scores, raw], reader, validator) { WhenRead = () => context.Clock.Book("read") };
                ScoreRows rows = new(reader, scored, table.Counters, features, context.Clock, cancellation);
                IReadOnlyList<DuckColumn> columnsMade = table.Columns(reader.KeyColumn!);
                TaskSource made = database.Source(columnsMade);
                context.Clock.Book("read");
                made.Rows.Feed(rows.Fill);
                // DuckDB asks for the rows while it writes the part.
                made.Rows.Run(() => PartOutput.Write(connection, table.Select(file, made.Table), PartOutput.Path(context),
                    columnsMade.Count + work.PassThrough.Count, cancellation));
                (read, groups) = (rows.Read, reader.Groups);
            }

            file.CheckRows(read);
            TaskRows done = new(read - quarantine.Rows, quarantine, work.Folder, work.Key);
            TaskResult answer = await PartOutput.FinishAsync(context, connection, file, done, cancellation) with
            {
                RowGroupsRead = groups.Own,
                RowGroupsUnsupported = groups.Unsupported,
                Statistics = JsonSerializer.SerializeToElement(table.Statistics(features), TasksJson.Default.ScoreStatistics),
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
        TaskContext context, ScoreWork work, IReadOnlyList<ColumnRequest> columns, TaskDatabase database, SplitFile file,
            CancellationToken cancellation)
    {
        SplitInput input = context.Split.Input;
        SplitReadRequest request = new()
        {
            Path = file.Local.Path,
            Arriving = file.Local,
            View = input.File.Columns,
            DisplayName = input.File.Key,
            FirstRow = input.FirstRow,
            Rows = input.Rows,
            Columns = columns,
            Key = file.Key(work.Key).Name,
            ReadElsewhere = [work.Key, .. work.PassThrough],
        };
        return context.Readers.OpenParquet(
            new LazyDatabase(database.Database), request, work.Reader, context.ReaderCapBytes,
                cancellation);
    }
}
