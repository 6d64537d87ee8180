namespace BatchScoring.Training.Metrics;

/// <summary>Weights of rows by their class and the one that the model says.</summary>
internal sealed class Confusion
{
    private readonly double[,] _cells;

    public Confusion(MetricRows rows)
    {
        Classes = Math.Max(2, rows.Raw.Length);
        _cells = new double[Classes, Classes];
        for (int row = 0; row < rows.Count; row++)
        {
            int own = rows.Raw.Length > 1 ? (int)rows.Targets[0][row] : rows.IsPositive(row) ? 1 : 0;
            _cells[own, Predicted(rows.Raw, row)] += rows.WeightOf(row);
        }
    }

    public int Classes { get; }

    public double Total => Of((_, _) => 1);

    public double Right => Of((own, said) => own == said ? 1 : 0);

    public double Accuracy => Right / Total;

    /// <summary>Of the class's rows, the share that the model finds; 1 if there is none.</summary>
    public double Recall(int one) => Share(_cells[one, one], Own(one));

    /// <summary>Of the rows that the model says are of the class, the share that is; 1 if there is none.</summary>
    public double Precision(int one) => Share(_cells[one, one], Said(one));

    public double F1(int one)
    {
        double sum = Own(one) + Said(one);
        return sum > 0 ? 2 * _cells[one, one] / sum : 0;
    }

    public double F(int one, double beta)
    {
        double precision = Precision(one), recall = Recall(one), square = beta * beta;
        double sum = (square * precision) + recall;
        return sum > 0 ? (1 + square) * precision * recall / sum : 0;
    }

    /// <summary>Weighted by the classes' sizes.</summary>
    public double TotalF1 => Enumerable.Range(0, Classes).Sum(one => Own(one) * F1(one)) / Total;

    public double BalancedAccuracy => Enumerable.Range(0, Classes).Sum(one => Own(one) > 0 ? Recall(one) : 0) / Classes;

    public double Mcc
    {
        get
        {
            int[] classes = [.. Enumerable.Range(0, Classes)];
            double total = Total, both = classes.Sum(one => Own(one) * Said(one)), own = classes.Sum(one => Own(one) * Own(one)),
                said = classes.Sum(one => Said(one) * Said(one));
            double spread = Math.Sqrt(((total * total) - own) * ((total * total) - said));
            return spread > 0 ? ((Right * total) - both) / spread : 0;
        }
    }

    /// <summary>One minus the disagreement over that of chance.</summary>
    /// <param name="weight">How bad it is to take one class for another.</param>
    public double Kappa(Func<int, int, double> weight)
    {
        double total = Total, chance = Of(weight, (own, said) => Own(own) * Said(said) / total);
        return chance > 0 ? 1 - (Of(weight) / chance) : 1;
    }

    /// <summary>The sign of one output, or the first largest of several.</summary>
    private static int Predicted(double[][] raw, int row)
    {
        if (raw.Length == 1) return raw[0][row] > 0 ? 1 : 0;
        int best = 0;
        for (int output = 1; output < raw.Length; output++) if (raw[output][row] > raw[best][row]) best = output;
        return best;
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 1;

    private double Own(int one) => Enumerable.Range(0, Classes).Sum(said => _cells[one, said]);

    private double Said(int one) => Enumerable.Range(0, Classes).Sum(own => _cells[own, one]);

    private double Of(Func<int, int, double> factor, Func<int, int, double>? value = null)
    {
        double sum = 0;
        for (int own = 0; own < Classes; own++)
            for (int said = 0; said < Classes; said++) sum += factor(own, said) * (value is null ? _cells[own, said] : value(own, said));
        return sum;
    }
}
