using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Import;

/// <summary>One column on its way in.</summary>
/// <param name="Column">Name, target type and role.</param>
/// <param name="Expression">SQL over the source that gives the target value; null where the text is no such value.</param>
/// <param name="Unreadable">SQL condition under which the row is set aside; null when that cannot happen.</param>
internal sealed record ImportColumn(DatasetColumn Column, string Expression, string? Unreadable = null);
