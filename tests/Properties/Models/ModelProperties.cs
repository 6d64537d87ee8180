using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Models;

/// <summary>What holds for any small model, CTRs and combinations included.</summary>
public sealed class ModelProperties
{
    private static readonly FsCheck.Gen<int> _seeds = Gen.Choose(0, int.MaxValue - 1);

    [Fact]
    public void ToCbm_AnyModel_IsReadBackAsTheSame() => ForAll.Cases(_seeds, seed =>
    {
        var random = new SmallModel(seed);
        CatBoostModel model = random.Create();
        byte[] written = model.ToCbm();
        var again = CatBoostModel.Load(written);

        again.ToCbm().AsSpan().SequenceEqual(written).ShouldBeTrue();
        ModelTable rows = random.Rows(model, 70);
        Bits.ShouldBe(rows.Score(Evaluators.Create(model, "reference")), rows.Score(Evaluators.Create(again, "reference")),
            $"model {seed}");
    });

    [Fact]
    public void Score_AnyModel_HasTheSameBitsOnEveryEvaluator() => ForAll.Cases(_seeds, seed =>
    {
        var random = new SmallModel(seed);
        CatBoostModel model = random.Create();
        ModelTable rows = random.Rows(model, 150);
        double[][] expected = rows.Score(Evaluators.Create(model, "reference"));
        foreach (string name in Evaluators.Available)
            Bits.ShouldBe(expected, rows.Score(Evaluators.Create(model, name), blockRows: 67), $"{name}, model {seed}");
        Bits.ShouldBe(expected, Bits.ScoreRows(rows, new RowScorer(model)), $"row by row, model {seed}");
    });
}
