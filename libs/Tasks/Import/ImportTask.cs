using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>
/// Task kind <c>import</c>: types the rows of a source file that were chosen for a set, and writes them. Which rows those are, and which
/// are bad, was decided for the whole table before.
/// </summary>
/// <param name="source">Finds input files.</param>
public sealed class ImportTask(ParquetSource source) : ITaskKind
{
    /// <summary>What task specs call it.</summary>
    public const string KindName = "import";

    private readonly ParquetShapes _shapes = new();

    /// <inheritdoc/>
    public string Name => KindName;

    /// <inheritdoc/>
    public async Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        ImportWork work = context.Work(TasksJson.Default.ImportWork);
        string[] needed = [.. work.Columns.Select(column => column.Name)];
        bool[] picked = RowChoices.Read(work.Choices, context.Split.Input, work.Set);
        int kept = picked.Count(it => it);
        try
        {
            using TaskDatabase database = context.OpenDatabase();
            using DuckConnection connection = database.Connect();
            await using SplitFile file = await SplitFile.OpenAsync(source, _shapes, context, connection, needed, cancellation);
            database.LearnNumbers(connection);
            context.Clock.Book("read");
            if (kept > 0) new RowCopy(context, database, connection, file, work.Columns, picked).Write(cancellation);
            var rows = new TaskRows(kept, new QuarantineLog(), work.Folder, work.Key);
            TaskResult answer = await PartOutput.FinishAsync(context, connection, file, rows, cancellation);
            database.Keep();
            return answer;
        }
        catch (DuckDbException e)
        {
            throw await InputDiagnosis.ExplainAsync(source, context, needed, e, cancellation);
        }
    }
}
