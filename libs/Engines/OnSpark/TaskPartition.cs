using System.Text;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>Splits that one runner does, one after the other: one partition of Spark's, one element.</summary>
/// <param name="Splits">At least one.</param>
internal sealed record TaskPartition(IReadOnlyList<TaskSpec> Splits)
{
    private const int PartitionsPerCore = 4;
    private const int SplitsPerRunner = 24;

    public long Rows => Splits.Sum(split => split.Input.Rows);

    /// <summary>What the runner reads: Spark hands the line feeds within an element on as they are.</summary>
    public string Text(HeaderLine header)
    {
        StringBuilder text = new(JsonSerializer.Serialize(header, CoreJson.Default.HeaderLine));
        foreach (TaskSpec split in Splits) text.Append('\n').Append(JsonSerializer.Serialize(split, CoreJson.Default.TaskSpec));
        return text.ToString();
    }

    /// <summary>
    /// Starting a runner costs half a second of a core: it gets so many splits, some ten seconds of work, that this does not count. Beyond
    /// that, several partitions per core make a lost one cheaper to repeat, and progress finer.
    /// </summary>
    /// <param name="splits">In their order.</param>
    /// <param name="cores">What Spark offers.</param>
    public static IReadOnlyList<TaskPartition> Cut(IReadOnlyList<TaskSpec> splits, int cores)
    {
        int count = Math.Clamp((splits.Count + SplitsPerRunner - 1) / SplitsPerRunner, cores, PartitionsPerCore * cores);
        return [.. EvenCut.Of(splits, split => split.Input.Rows, count).Select(piece => new TaskPartition(piece))];
    }
}
