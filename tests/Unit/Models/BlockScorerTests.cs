using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>What every evaluator promises beside right numbers.</summary>
public sealed class BlockScorerTests
{
    // Together they go through every path: CTRs with combinations, deep, several outputs, non-symmetric.
    private static readonly string[] _cases =
        ["catboost/categorical-ctr-all", "catboost/depth-10", "catboost/multiclass", "catboost/lossguide", "catboost/numeric-nan-max"];

    public static TheoryData<string> All => [.. Evaluators.Available];

    public static TheoryData<string, string> AllByCase
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string evaluator in Evaluators.Available)
                foreach (string name in _cases) data.Add(evaluator, name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllByCase))]
    public void Score_EveryBlockSize_HasCatBoostsBits(string evaluator, string name)
    {
        var golden = GoldenCase.Load(name);
        IBlockScorer scorer = Evaluators.Create(golden.Model, evaluator);
        var block = new InputBlock(scorer.Inputs.Count);
        for (int rows = 0; rows <= 130; rows++)
        {
            // Real rows, so to the kernels garbage, lie behind the last one; and the output must not be touched behind the block's.
            golden.Table.Fill(block, first: rows, rows);
            double[] raw = new double[(rows * scorer.OutputCount) + 1];
            raw[^1] = 42;
            scorer.Score(block, raw);
            raw[^1].ShouldBe(42);
            for (int output = 0; output < scorer.OutputCount; output++)
            {
                double[] actual = raw.AsSpan(output * rows, rows).ToArray();
                Bits.ShouldBe([golden.ExpectedRaw[output][rows..(2 * rows)]], [actual], $"{rows} rows, output {output}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_ManyThreads_HaveCatBoostsBits(string evaluator)
    {
        var golden = GoldenCase.Load("catboost/categorical-ctr-all");
        IBlockScorer scorer = Evaluators.Create(golden.Model, evaluator);
        double[][] expected = golden.ExpectedRaw;
        Parallel.For(
            0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            turn => Bits.ShouldBe(expected, golden.Table.Score(scorer, blockRows: 100 + turn), $"turn {turn}"));
    }

    public static TheoryData<string, string> FastByCase
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string? evaluator in Evaluators.Available.Where(name => name != "reference"))
                foreach (string name in _cases) data.Add(evaluator, name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FastByCase))]
    public void Score_AfterTheFirstBlock_AllocatesNothing(string evaluator, string name)
    {
        var golden = GoldenCase.Load(name);
        IBlockScorer scorer = Evaluators.Create(golden.Model, evaluator);
        var block = new InputBlock(scorer.Inputs.Count);
        golden.Table.Fill(block, 0, golden.Table.Rows);
        double[] raw = new double[golden.Table.Rows * scorer.OutputCount];
        Allocations.OfHundredCalls(() => scorer.Score(block, raw)).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Score_BlockThatDoesNotFit_IsRefused(string evaluator)
    {
        var golden = GoldenCase.Load("catboost/multiclass");
        IBlockScorer scorer = Evaluators.Create(golden.Model, evaluator);
        var block = new InputBlock(scorer.Inputs.Count);
        golden.Table.Fill(block, 0, 10);
        Should.Throw<ArgumentException>(() => scorer.Score(block, new double[(10 * scorer.OutputCount) - 1]));
        Should.Throw<ArgumentException>(() => scorer.Score(new InputBlock(scorer.Inputs.Count - 1), new double[100]));
        block = new InputBlock(scorer.Inputs.Count);
        block.Reset(1);
        Should.Throw<ArgumentException>(() => scorer.Score(block, new double[100]));
    }
}
