using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Ctrs;

/// <summary>Which numbers are made of projections.</summary>
/// <param name="Simple">Of a category.</param>
/// <param name="Combined">Of a combination.</param>
/// <param name="PerColumn">Of categories that have a list of their own, by number of the category column.</param>
/// <param name="LeafLimit">Values of a projection at most that are told apart; null: all.</param>
/// <param name="LimitsSimple">Whether that goes for single categories as well.</param>
internal sealed record CtrPlan(CtrDescription[] Simple, CtrDescription[] Combined,
    IReadOnlyDictionary<int, CtrDescription[]> PerColumn, int? LeafLimit = null, bool LimitsSimple = true)
{
    private const float HalfWay = 0.5f;

    public static CtrPlan Usual { get; } = new(CtrDescription.Usual, CtrDescription.Usual, new Dictionary<int, CtrDescription[]>());

    /// <summary>A plan, and the classes of the labels that it looks at: by number of the classifier, less one.</summary>
    /// <param name="parameters">What is wanted.</param>
    /// <param name="columns">Names of the category columns.</param>
    /// <param name="labels">By row.</param>
    public static (CtrPlan Plan, CtrTarget[] Targets) Of(TrainingParameters parameters, string[] columns, float[] labels)
    {
        List<int> classifiers = [];
        List<CtrTarget> targets = [];
        CtrDescription[] Expand(IEnumerable<CtrDefinition> definitions) => [.. definitions.SelectMany(definition =>
        {
            if (definition.Type == CtrType.Counter) return Describe(definition, [0], 0);
            int borders = definition.TargetBorderCount ?? parameters.CtrTargetBorderCount, classifier = classifiers.IndexOf(borders);
            if (classifier < 0)
            {
                classifier = classifiers.Count;
                classifiers.Add(borders);
                targets.Add(Target(parameters, labels, borders));
            }

            int classes = targets[classifier].Count;
            return Describe(definition, Enumerable.Range(0, definition.Type switch
            {
                CtrType.Borders => classes - 1,
                CtrType.Buckets => classes,
                _ => 1,
            }), classifier + 1);
        })];
        Dictionary<int, CtrDescription[]> own = [];
        for (int column = 0; column < columns.Length; column++)
            if (parameters.PerFeatureCtr.TryGetValue(columns[column], out IReadOnlyList<CtrDefinition>? list)) own.Add(column, Expand(list));
        return (new CtrPlan(Expand(parameters.SimpleCtr), Expand(parameters.CombinationsCtr), own, parameters.CtrLeafCountLimit,
            !parameters.StoreAllSimpleCtr), [.. targets]);
    }

    public CtrDescription[] Of(Projection projection) => !projection.IsSimple ? Combined
        : PerColumn.TryGetValue(projection.Categories[0], out CtrDescription[]? own) ? own : Simple;

    /// <summary>Values at most that are told apart; null: all.</summary>
    public int? LimitOf(Projection projection) => projection.IsSimple && !LimitsSimple ? null : LeafLimit;

    private static IEnumerable<CtrDescription> Describe(CtrDefinition definition, IEnumerable<int> targetBorders, int classifier) =>
        targetBorders.SelectMany(border => definition.OwnPriors.Select(prior =>
            new CtrDescription(definition.Type, border, prior, definition.BorderCount, classifier)));

    private static CtrTarget Target(TrainingParameters parameters, float[] labels, int count)
    {
        float[] borders = parameters.Loss.Function is LossFunction.Logloss or LossFunction.CrossEntropy
            ? [HalfWay] : [.. BorderSelection.Of(labels.Order().ToArray(), count, BorderType.MinEntropy)];
        return new CtrTarget(Array.ConvertAll(labels, label => ClassOf(label, borders)), Math.Max(2, borders.Length + 1));
    }

    private static int ClassOf(float label, float[] borders)
    {
        int own = 0;
        foreach (float border in borders) if (label > border) own++;
        return own;
    }
}

/// <summary>The labels cut into classes.</summary>
/// <param name="Classes">By row.</param>
/// <param name="Count">How many there are.</param>
internal sealed record CtrTarget(int[] Classes, int Count);
