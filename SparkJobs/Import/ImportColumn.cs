using BatchScoring.Core;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>One column on its way in.</summary>
/// <param name="Column">Name, target type and role.</param>
/// <param name="Expression">SQL over the source that gives the target value.</param>
/// <param name="HoldsText">True for a number whose texts are not all numbers: rows with such a text are set aside.</param>
/// <param name="Form">What the expression does.</param>
internal sealed record ImportColumn(
    DatasetColumn Column, string Expression, bool HoldsText = false, ColumnForm Form = ColumnForm.Expression);
