using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Rows;

/// <summary>From what a column shows of its rows (nearly normal) to the column's values.</summary>
internal static class NumberShapes
{
    /// <param name="column">Discrete or continuous.</param>
    /// <param name="latent">Nearly normal, mean 0, deviation 1.</param>
    /// <param name="values">As long.</param>
    public static void Apply(FeatureColumn column, ReadOnlySpan<double> latent, Span<double> values)
    {
        if (column.Kind == ColumnKind.Discrete)
        {
            Discrete(column, latent, values);
            return;
        }

        switch (column.Shape)
        {
            case Shape.Bell:
                for (int i = 0; i < values.Length; i++) values[i] = column.Offset + (column.Scale * latent[i]);
                break;
            case Shape.Heavy:
                for (int i = 0; i < values.Length; i++)
                    values[i] = column.Offset + (column.Scale * latent[i] * (1 + (0.3 * latent[i] * latent[i])));
                break;
            case Shape.Share:
                for (int i = 0; i < values.Length; i++) values[i] = Math.Round(Uniform.NormalShare(latent[i]) * 10_000) / 10_000;
                break;
            case Shape.Amount:
                for (int i = 0; i < values.Length; i++) values[i] = Amount(column.Scale, Uniform.NormalShare(latent[i]));
                break;
            default:
                double zeros = column.Skew / 10.0;
                for (int i = 0; i < values.Length; i++)
                {
                    double share = Uniform.NormalShare(latent[i]);
                    values[i] = share < zeros ? 0 : Amount(column.Scale, (share - zeros) / (1 - zeros));
                }

                break;
        }
    }

    private static void Discrete(FeatureColumn column, ReadOnlySpan<double> latent, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double share = Uniform.NormalShare(latent[i]);
            double skewed = column.Skew switch { 1 => share, 2 => share * share, _ => share * share * share };
            values[i] = column.Offset + (column.Scale * Math.Min((int)(skewed * column.Levels), column.Levels - 1));
        }
    }

    /// <summary>Log-logistic with a median of <paramref name="scale"/>: the odds to the power of 3/4, in cents.</summary>
    private static double Amount(double scale, double share)
    {
        double root = Math.Sqrt(share / (1 - share));
        return Math.Round(scale * root * Math.Sqrt(root) * 100) / 100;
    }
}
