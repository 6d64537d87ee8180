namespace BatchScoring.Training;

/// <summary>How labels become classes.</summary>
public sealed record ClassRules
{
    /// <summary>The labels in the order of the classes; none: as they are found, in rising order.</summary>
    public IReadOnlyList<ClassLabel> Names { get; init; } = [];

    /// <summary>How many classes there are, numbered from 0; 0: as many as are found.</summary>
    public int Count { get; init; }

    /// <summary>Labels above it are the class 1; null where labels are classes.</summary>
    public float? TargetBorder { get; init; }

    /// <summary>Whether labels may all be the same.</summary>
    public bool AllowsOneValue { get; init; }

    /// <summary>Weights of the classes; none: all 1.</summary>
    public IReadOnlyList<float> Weights { get; init; } = [];

    /// <summary>The labels that <see cref="Weights"/> are of; none: in the order of the classes.</summary>
    public IReadOnlyList<string> WeightLabels { get; init; } = [];

    internal void Check(LossFunction loss)
    {
        if (loss is LossFunction.Logloss && Names.Count is not (0 or 2)) throw Wrong($"class_names is a list of {Names.Count}; the loss {loss} has two classes");
        if (loss is LossFunction.Logloss && Weights.Count is not (0 or 2)) throw Wrong($"class_weights is a list of {Weights.Count}; the loss {loss} has two classes");
        if (Names.Count > 0 && !AreClasses(loss)) throw Wrong($"class_names goes with losses of classes, and the loss is {loss}");
        if (Names.Select((one, place) => (one, place)).FirstOrDefault(pair => Names.Take(pair.place).Any(pair.one.Means)) is { one: { } twice })
            throw Wrong($"class_names holds {twice.Text} twice");
        if (Count > 0 && Names.Count > 0 && Count != Names.Count) throw Wrong($"classes_count is {Count}, and class_names is a list of {Names.Count}");
        if (Weights.Count > 0 && Math.Max(Count, Names.Count) is > 0 and var classes && classes != Weights.Count)
            throw Wrong($"class_weights is a list of {Weights.Count}, and there are {classes} classes");
    }

    /// <summary>Whether the labels of a loss stand for classes, and are no numbers.</summary>
    public static bool AreClasses(LossFunction loss) => loss is LossFunction.Logloss or LossFunction.Focal or LossFunction.MultiClass
        or LossFunction.MultiClassOneVsAll;

    private static TrainingException Wrong(string text) => new(TrainingFault.Parameter, text + ".");
}
