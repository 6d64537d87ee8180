using System.Collections.Immutable;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Random;
using BatchScoring.DataGen.Rows;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Labels;

/// <summary>
/// Builds the hidden model: 300 symmetric trees of depth 6 over 74 columns, mostly additive with some interaction, scaled so that risk
/// spreads as it does among loans, shifted so that 9 % of the rows default.
/// </summary>
internal static class HiddenModelMaker
{
    /// <summary>Share of rows that default.</summary>
    public const double DefaultRate = 0.09;

    private const int Trees = 300;
    private const int Depth = 6;

    /// <summary>Standard deviation of the raw score: gives an AUC of about 0.8.</summary>
    private const double Spread = 1.4;

    /// <summary>How much a leaf deviates from the sum of its answers.</summary>
    private const double Interaction = 0.6;

    public static HiddenModel Make(TableSchema schema)
    {
        var random = new Sequence(schema.Seed, Streams.Model);
        var maker = new BlockMaker(schema);
        UsedColumn[] used = UsedColumns.Choose(schema, maker, random);
        (ImmutableArray<int> splits, double[]? leaves) = Grow(random, used);
        FeatureColumn[] columns = [.. used.Where(column => column.Questions.Length > 0).Select(column => column.Column)];

        CatBoostModelParts parts = ModelTable.Describe(schema, used) with
        {
            Symmetric = new SymmetricTrees { Depths = [.. Enumerable.Repeat(Depth, Trees)], Splits = splits },
            LeafValues = [.. leaves],
        };
        double[] unscaled = Pilot(parts);
        double mean = Mean(unscaled, raw => raw);
        double deviation = Math.Sqrt(Mean(unscaled, raw => (raw - mean) * (raw - mean)));
        parts = parts with { LeafValues = [.. leaves.Select(leaf => leaf * (Spread / deviation))] };
        return new HiddenModel(new CatBoostModel(parts with { Bias = [Bias(new CatBoostModel(parts).Scores(), Pilot(parts))] }), columns);

        double[] Pilot(CatBoostModelParts of) => PilotRows.Score(maker, new ModelRows(new CatBoostModel(of), schema), columns);
    }

    private static (ImmutableArray<int> Splits, double[] Leaves) Grow(Sequence random, UsedColumn[] used)
    {
        ImmutableArray<int>.Builder splits = ImmutableArray.CreateBuilder<int>(Trees * Depth);
        double[] leaves = new double[Trees << Depth];
        double[] effects = new double[Depth];
        for (int tree = 0; tree < Trees; tree++)
        {
            for (int level = 0; level < Depth; level++)
            {
                Question question = random.Of<Question>(Choose(random, used).Questions);
                splits.Add(question.Number);
                effects[level] = question.Effect;
            }

            double typical = Mean(effects, Math.Abs);
            for (int leaf = 0; leaf < 1 << Depth; leaf++)
            {
                double sum = Interaction * typical * Uniform.Bell(random.Next());
                for (int level = 0; level < Depth; level++) sum += (leaf >> level & 1) == 1 ? effects[level] / 2 : -effects[level] / 2;
                leaves[(tree << Depth) + leaf] = sum;
            }
        }

        return (splits.MoveToImmutable(), leaves);
    }

    /// <summary>A column, the weighty ones more often; never one without questions.</summary>
    private static UsedColumn Choose(Sequence random, UsedColumn[] used)
    {
        while (true)
        {
            UsedColumn column = used[random.Below(used.Length)];
            if (column.Questions.Length > 0 && random.Unit() < column.Weight) return column;
        }
    }

    /// <summary>In order, so that no library's faster way of adding changes the last bit.</summary>
    private static double Mean(double[] values, Func<double, double> of)
    {
        double sum = 0.0;
        foreach (double value in values) sum += of(value);
        return sum / values.Length;
    }

    /// <summary>The bias with which the wanted share of the pilot rows defaults.</summary>
    private static double Bias(Prediction answers, double[] raw)
    {
        double[] shifted = new double[raw.Length], probabilities = new double[raw.Length];
        double low = -30, high = 30;
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            for (int i = 0; i < raw.Length; i++) shifted[i] = raw[i] + middle;
            answers.Compute(shifted, raw.Length, probabilities);
            if (Mean(probabilities, value => value) < DefaultRate) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
