using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>One column of predictions: doubles as they are, or places in labels.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Labels">The labels, if the values are places in them.</param>
internal sealed record PredictionColumn(string Name, WrittenLabels? Labels)
{
    public DuckColumn Type => Labels is null ? new DuckColumn(Name, DuckType.Double, "DOUBLE") : new DuckColumn(Name, Labels.Type, "");

    public static IEnumerable<PredictionColumn> Of(Prediction prediction)
    {
        WrittenLabels? labels = prediction.Labels is null ? null : new WrittenLabels(prediction.Labels);
        return prediction.Columns.Select(name => new PredictionColumn(name, labels));
    }
}
