using System.Globalization;

namespace BatchScoring.Training;

/// <summary>A loss with its numbers, as CatBoost writes it: <c>Quantile:alpha=0.3</c>.</summary>
/// <param name="Function">Which one.</param>
/// <param name="Numbers">By name.</param>
public sealed record Loss(LossFunction Function, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>A loss that needs no numbers, or has its usual ones.</summary>
    public static implicit operator Loss(LossFunction function) => new(function, new Dictionary<string, double>(StringComparer.Ordinal));

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Loss Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] halves = text.Split(':', 2);
        if (!Enum.TryParse(halves[0], out LossFunction function) || !Enum.IsDefined(function) || !char.IsLetter(halves[0][0]))
        {
            string known = string.Join(", ", Enum.GetNames<LossFunction>());
            throw new FormatException($"'{halves[0]}' is no loss that can be trained here. There are: {known}.");
        }

        Dictionary<string, double> numbers = new(StringComparer.Ordinal);
        foreach (string pair in halves.Length == 2 ? halves[1].Split(';') : [])
        {
            string[] words = pair.Split('=');
            if (words.Length != 2 || !double.TryParse(words[1], CultureInfo.InvariantCulture, out double number)
                || !numbers.TryAdd(words[0], number))
                throw new FormatException($"'{pair}' of the loss '{text}' is not NAME=NUMBER, or is there twice.");
        }

        return new Loss(function, numbers);
    }

    /// <summary>As CatBoost writes it.</summary>
    public override string ToString() => Numbers.Count == 0 ? Function.ToString() : $"{Function}:"
        + string.Join(';', Numbers.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number.Key}={number.Value:R}")));

    internal BootstrapType UsualBootstrap =>
        Function is LossFunction.MultiClass or LossFunction.MultiClassOneVsAll or LossFunction.MultiRMSE ? BootstrapType.Bayesian
            : BootstrapType.MVS;

    internal double Number(string name, double? usual = null) => Numbers.TryGetValue(name, out double number) ? number
        : usual ?? throw new FormatException($"The loss {Function} needs {name}: {Function}:{name}=NUMBER.");
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

    /// <summary>Several classes, whose probabilities add up to 1; labels are their numbers from 0.</summary>
    MultiClass,

    /// <summary>Several classes, each with a probability of its own.</summary>
    MultiClassOneVsAll,

    /// <summary>Several labels, squared error.</summary>
    MultiRMSE,

    /// <summary>A label's mean and its spread.</summary>
    RMSEWithUncertainty,

    /// <summary>Several labels of 0 and 1.</summary>
    MultiLogloss,

    /// <summary>Several labels that are probabilities.</summary>
    MultiCrossEntropy,
}
