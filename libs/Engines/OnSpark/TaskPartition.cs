using System.Text;
using System.Text.Json;
using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>Splits that one runner does, one after the other: one partition of Spark's, one element.</summary>
/// <param name="Splits">At least one.</param>
internal sealed record TaskPartition(IReadOnlyList<SplitLine> Splits)
{
    public long Rows => Splits.Sum(split => split.Input.Rows);

    /// <summary>What the runner reads: Spark hands the line feeds within an element on as they are.</summary>
    public string Text(HeaderLine header)
    {
        StringBuilder text = new(JsonSerializer.Serialize(header, CoreJson.Default.HeaderLine));
        foreach (SplitLine split in Splits) text.Append('\n').Append(JsonSerializer.Serialize(split, CoreJson.Default.SplitLine));
        return text.ToString();
    }

    /// <summary>Neighbours stay together, and each gets as many rows as the others as far as whole splits allow.</summary>
    public static IReadOnlyList<TaskPartition> Cut(IReadOnlyList<SplitLine> splits, int most)
    {
        int count = Math.Clamp(most, 1, Math.Max(1, splits.Count));
        long total = splits.Sum(split => split.Input.Rows), before = 0;
        List<SplitLine>[] partitions = [.. Enumerable.Range(0, count).Select(_ => new List<SplitLine>())];
        foreach (SplitLine split in splits)
        {
            // The middle of a split decides, so that neither the first nor the last partition is favoured.
            Int128 middle = before + (split.Input.Rows / 2);
            partitions[(int)Int128.Min(count - 1, middle * count / Math.Max(1, total))].Add(split);
            before += split.Input.Rows;
        }

        return [.. partitions.Where(partition => partition.Count > 0).Select(partition => new TaskPartition(partition))];
    }
}
