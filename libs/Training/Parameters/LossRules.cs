namespace BatchScoring.Training;

/// <summary>Which numbers a loss has.</summary>
internal static class LossRules
{
    private static readonly string[] Elsewhere =
    [
        "RMSPE", "MultiQuantile", "LogLinQuantile", "GroupQuantile", "MultiRMSEWithMissingValues", "SurvivalAft", "Cox", "QueryRMSE",
        "QuerySoftMax", "QueryCrossEntropy", "PairLogit", "PairLogitPairwise", "YetiRank", "YetiRankPairwise", "StochasticFilter",
        "StochasticRank", "LambdaMart", "UserPerObjMetric", "UserQuerywiseMetric", "PythonUserDefinedPerObject",
        "PythonUserDefinedMultiTarget",
    ];

    private static readonly Dictionary<LossFunction, LossNumber[]> Numbers = new()
    {
        [LossFunction.Quantile] = [new("alpha", alpha => alpha is >= 0 and <= 1, "0 to 1"), new("delta", delta => delta >= 0, "from 0")],
        [LossFunction.Huber] = [new("delta", delta => delta >= 0, "from 0", IsNeeded: true)],
        [LossFunction.Expectile] = [new("alpha", alpha => alpha is >= 0 and <= 1, "0 to 1")],
        [LossFunction.Lq] = [new("q", q => q >= 1, "from 1", IsNeeded: true)],
        [LossFunction.Tweedie] = [new("variance_power", power => power is > 1 and < 2, "above 1 and below 2", IsNeeded: true)],
        [LossFunction.Focal] =
        [
            new("focal_alpha", alpha => alpha is > 0 and < 1, "above 0 and below 1", IsNeeded: true),
            new("focal_gamma", gamma => gamma > 0, "above 0", IsNeeded: true),
        ],
    };

    public static Loss Read(ParameterValue value)
    {
        string text = value.Text();
        string name = text.Split(':')[0];
        if (Elsewhere.Contains(name, StringComparer.Ordinal))
            throw value.Unsupported($"is {name}", $"Take one of {string.Join(", ", Enum.GetNames<LossFunction>())}.");
        if (!Enum.GetNames<LossFunction>().Contains(name, StringComparer.Ordinal)) throw new TrainingException(TrainingFault.Parameter,
            $"The parameter {value.Name} is {text}, and there is no loss {name}. There are, written so: "
            + $"{string.Join(", ", Enum.GetNames<LossFunction>())}.")
        {
            Word = name,
            Known = Enum.GetNames<LossFunction>(),
        };
        Loss loss;
        try
        {
            loss = Loss.Parse(text);
        }
        catch (FormatException e)
        {
            throw new TrainingException(TrainingFault.Parameter, $"The parameter {value.Name} is {text}: {e.Message}");
        }

        Check(loss, value);
        return loss;
    }

    private static void Check(Loss loss, ParameterValue value)
    {
        LossNumber[] allowed = Numbers.GetValueOrDefault(loss.Function, []);
        foreach ((string name, double number) in loss.Numbers)
        {
            if (Array.Find(allowed, one => one.Name == name) is not { } known) throw Wrong(value, allowed.Length == 0
                ? $"{loss.Function} has no number {name}; it has none at all"
                : $"{loss.Function} has no number {name}; it has {string.Join(", ", allowed.Select(one => one.Name))}");
            if (!known.IsAllowed(number)) throw Wrong(value, FormattableString.Invariant($"{name} is {number}; it must be a number {known.Allowed}"));
        }

        if (Array.Find(allowed, one => one.IsNeeded && !loss.Numbers.ContainsKey(one.Name)) is { } missing)
            throw Wrong(value, $"it needs {missing.Name}, a number {missing.Allowed}: {loss.Function}:"
                + string.Join(';', allowed.Where(one => one.IsNeeded).Select(one => $"{one.Name}=NUMBER")));
    }

    private static TrainingException Wrong(ParameterValue value, string why) =>
        new(TrainingFault.Parameter, $"The parameter {value.Name} is {value.Text()}: {why}.");

    private sealed record LossNumber(string Name, Func<double, bool> IsAllowed, string Allowed, bool IsNeeded = false);
}
