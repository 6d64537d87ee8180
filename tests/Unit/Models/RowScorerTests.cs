using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class RowScorerTests
{
    [Theory]
    [InlineData("catboost/categorical-ctr-all")]
    [InlineData("catboost/depth-10")]
    [InlineData("catboost/lossguide")]
    [InlineData("catboost/multiclass")]
    public void Score_AnyModel_AllocatesNothing(string name)
    {
        var golden = GoldenCase.Load(name);
        var scorer = new RowScorer(golden.Model);
        float[] numeric = new float[scorer.NumericCount];
        int[] hashes = new int[scorer.CategoricalCount];
        double[] raw = new double[scorer.OutputCount];
        Allocations.OfHundredCalls(() => scorer.Score(numeric, hashes, raw)).ShouldBe(0);
    }

    [Fact]
    public void Score_RowThatDoesNotFit_IsRefused()
    {
        var scorer = new RowScorer(GoldenCase.Load("catboost/categorical-onehot").Model);
        float[] numeric = new float[scorer.NumericCount];
        int[] hashes = new int[scorer.CategoricalCount];
        Should.Throw<ArgumentException>(() => scorer.Score(numeric.AsSpan(1), hashes, new double[1]));
        Should.Throw<ArgumentException>(() => scorer.Score(numeric, hashes.AsSpan(1), new double[1]));
        Should.Throw<ArgumentException>(() => scorer.Score(numeric, hashes, []));
    }
}
