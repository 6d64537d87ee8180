using BatchScoring.DuckDb;
using BatchScoring.Engines;
using BatchScoring.Hosting;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Spark;
using BatchScoring.SparkJobs.Fit;
using BatchScoring.Statistics;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What a person is told of any error that a job can meet.</summary>
internal static class JobErrorText
{
    /// <summary>Null means a bug, which keeps its stack trace.</summary>
    public static ErrorText? Of(Exception error) => error switch
    {
        TrainingException e => TrainingErrors.Text(e),
        ModelException e => new ErrorText(ModelErrors.Of(e), e.Message),
        StatisticsException e => new ErrorText(StatisticsErrors.Of(e), e.Message),
        SparkException e => new ErrorText(SparkErrors.Of(e), e.Message),
        DuckDbException e => DuckFailure.Text(e),
        _ => ErrorText.Of(error),
    };
}
