using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>What both engines ask of a caller.</summary>
internal static class TaskRules
{
    public static void RequireDistinct(IReadOnlyList<TaskSpec> splits)
    {
        if (splits.DistinctBy(split => split.Split).Count() != splits.Count)
            throw new ArgumentException("Two splits have the same number; answers could not be told apart.", nameof(splits));
    }
}
