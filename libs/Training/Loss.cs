using System.Globalization;

namespace BatchScoring.Training;

/// <summary>A loss with its numbers, as CatBoost writes it: <c>Quantile:alpha=0.3</c>.</summary>
/// <param name="Function">Which one.</param>
public sealed record Loss(LossFunction Function)
{
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);

    /// <summary>Reads it.</summary>
    public static Loss Parse(string text)
    {
        string[] halves = text.Split(':', 2);
        Loss loss = new(Enum.Parse<LossFunction>(halves[0]));
        if (halves.Length == 2)
            foreach (string[] pair in halves[1].Split(';').Select(number => number.Split('=')))
                loss._numbers.Add(pair[0], double.Parse(pair[1], CultureInfo.InvariantCulture));
        return loss;
    }

    /// <summary>One of its numbers.</summary>
    public double Number(string name, double usual) => _numbers.GetValueOrDefault(name, usual);
}

/// <summary>What is minimised.</summary>
public enum LossFunction
{
    /// <summary>Two classes, labels 0 and 1; the raw value is the log of the odds.</summary>
    Logloss,

    /// <summary>As Logloss, with labels that are probabilities.</summary>
    CrossEntropy,

    /// <summary>Squared error.</summary>
    RMSE,

    /// <summary>Absolute error.</summary>
    MAE,

    /// <summary>A quantile of the label.</summary>
    Quantile,

    /// <summary>Absolute error as a share of the label.</summary>
    MAPE,

    /// <summary>Squared for small errors, absolute for large ones.</summary>
    LogCosh,

    /// <summary>Counts; the raw value is the log of the expected count.</summary>
    Poisson,

    /// <summary>Squared up to delta, then absolute.</summary>
    Huber,

    /// <summary>Squared, with other weights for too low and too high.</summary>
    Expectile,

    /// <summary>Errors to the power q.</summary>
    Lq,

    /// <summary>Sums of claims.</summary>
    Tweedie,

    /// <summary>Two classes, with less weight for easy rows.</summary>
    Focal,
}
