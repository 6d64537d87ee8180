using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>What the programs register: embedded engine and model-runner must know the same kinds.</summary>
public static class TaskKinds
{
    /// <summary>One of each kind. Each keeps what it caches (models) as long as it lives.</summary>
    /// <param name="formats">The kinds of model that the program reads.</param>
    public static IReadOnlyList<ITaskKind> All(ModelFormats formats)
    {
        ParquetSource source = new();
        return [new ScoreTask(source, formats), new FilterTask(source), new ImportTask(source)];
    }
}
