using BatchScoring.Datasets;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs;

/// <summary>The one word for what a dataset is, as lists and programs have it.</summary>
internal static class DatasetState
{
    public const string Damaged = "damaged";
    public const string Published = "published";
    public const string HalfPublished = "half-published";
    public const string Retired = "retired";
    public const string Delivered = "delivered";
    public const string Arriving = "arriving";

    public static string Of(Dataset dataset) => DatasetProblem.Of(dataset) is not null ? Damaged : dataset.Condition switch
    {
        DatasetCondition.Sealed => Published,
        DatasetCondition.SealedElsewhere => Delivered,
        DatasetCondition.Publishing => HalfPublished,
        DatasetCondition.Retired => Retired,
        _ => Arriving,
    };
}
