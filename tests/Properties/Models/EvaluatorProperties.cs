using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Models;

/// <summary>Every fast way to score has the reference's bits, on models and rows of every shape.</summary>
public sealed class EvaluatorProperties
{
    public static TheoryData<string> Fast => [.. Evaluators.Available.Where(name => name != "reference")];

    [Theory]
    [MemberData(nameof(Fast))]
    public void Score_AnyModelAndBlockSize_HasTheReferencesBits(string evaluator) =>
        ForAll.Cases(Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(1, 700)), random =>
        {
            (int seed, int blockRows) = random;
            var made = RandomModel.Create(seed);
            double[][] expected = made.Table.Score(Evaluators.Create(made.Model, "reference"));
            double[][] actual = made.Table.Score(Evaluators.Create(made.Model, evaluator), blockRows);
            Bits.ShouldBe(expected, actual, $"model {seed}, blocks of {blockRows}");
        }, 200);

    [Fact]
    public void ScoreRow_AnyModel_HasTheReferencesBits() =>
        ForAll.Cases(Gen.Choose(0, int.MaxValue - 1), seed =>
        {
            var made = RandomModel.Create(seed);
            double[][] expected = made.Table.Score(Evaluators.Create(made.Model, "reference"));
            Bits.ShouldBe(expected, Bits.ScoreRows(made.Table, new RowScorer(made.Model)), $"model {seed}");
        }, 200);
}
