using BatchScoring.SparkJobs.Score;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>As case "c10-score-not-explained": every kind of model says what its score is.</summary>
public sealed class ScoreWordsTests
{
    [Theory]
    [InlineData(1, "Logloss", "1/(1+exp(-raw))", "probability of class 1")]
    [InlineData(1, "CrossEntropy", "1/(1+exp(-raw))", "Higher = more likely")]
    [InlineData(1, "Tweedie", "exp(raw)", "the expected value")]
    [InlineData(1, "Poisson", "exp(raw)", "the expected value")]
    [InlineData(1, "Quantile", "raw", "It is no probability")]
    [InlineData(2, "RMSEWithUncertainty", "raw", "its variance is in the raw columns")]
    [InlineData(3, "MultiClass", "probability", "one probability per class")]
    [InlineData(2, "MultiRMSE", "raw", "one predicted value per target")]
    public void Of_EachKindOfModel_SaysWhatItsScoreIs(int outputs, string loss, string formula, string says)
    {
        ScoreDetails details = ScoreWords.Of(TinyModel.WithLoss(outputs, loss));

        details.Formula.ShouldBe(formula);
        details.Meaning.ShouldContain(says);
        details.Meaning.ShouldContain($"loss {loss}");
    }
}
