using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>The classes of a training: which label is which output.</summary>
public sealed record LabelledClasses
{
    private const int Two = 2;

    private LabelledClasses(ClassLabelType kind, IReadOnlyList<ClassLabel> names, int count, IReadOnlyList<int> places) =>
        (Kind, Names, Count, Places) = (kind, names, count, places);

    /// <summary>Labels 0 and 1 that are made of numbers: by a border, or probabilities.</summary>
    public static LabelledClasses OfNumbers { get; } = new(ClassLabelType.Integer, [], 0, [0, 1]);

    /// <summary>What the labels are.</summary>
    public ClassLabelType Kind { get; }

    /// <summary>All that are declared, or else all that were found.</summary>
    public IReadOnlyList<ClassLabel> Names { get; }

    /// <summary>How many were declared by their number; else 0.</summary>
    public int Count { get; }

    /// <summary>For every output its class's place in <see cref="Names"/>, or its number.</summary>
    public IReadOnlyList<int> Places { get; }

    /// <summary>What a table's labels mean.</summary>
    /// <param name="found">The labels that the rows have, each once, of one kind.</param>
    /// <param name="rules">What was said of them.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="outputs">For every one of <paramref name="found"/> its output.</param>
    /// <exception cref="TrainingException">They do not fit.</exception>
    public static LabelledClasses Of(IReadOnlyList<ClassLabel> found, ClassRules rules, LossFunction loss, out int[] outputs)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(rules);
        if (found.Count < Two && !rules.AllowsOneValue) throw Wrong(
            $"All labels are {(found.Count == 0 ? "missing" : found[0].Text)}; a model learns from at least two classes.");
        if (loss is LossFunction.Logloss or LossFunction.Focal && found.Count > Two) throw Wrong(
            $"There are {found.Count} different labels ({Some(found)}), and the loss {loss} has two classes. "
            + "Take the loss MultiClass, or RMSE if they are numbers, or say by target_border from where on a label is the class 1.");
        ClassLabel[] names = [.. rules.Names.Count > 0 ? rules.Names : Named(rules)];
        if (rules.Count > 0 && names.Length == 0) return Numbered(found, rules.Count, out outputs);
        if (names.Length == 0) names = [.. Sorted(found)];
        int[] places = [.. found.Select(label => Array.FindIndex(names, label.Means))];
        if (Array.IndexOf(places, -1) is >= 0 and var unknown) throw Wrong(
            $"The label {found[unknown].Text} is not among {(rules.Names.Count > 0 ? "class_names" : "class_weights")} ({Some(names)}). Add it, or leave such rows out.");
        int[] seen = [.. places.Distinct().Order()];
        outputs = [.. places.Select(place => Array.IndexOf(seen, place))];
        return new LabelledClasses(names[0].Kind, names, 0, seen);
    }

    /// <summary>The output of a label that was not learned from.</summary>
    /// <exception cref="TrainingException">No learned row has it.</exception>
    public int OutputOf(ClassLabel label)
    {
        int place = Names.Count > 0 ? Array.FindIndex([.. Names], label.Means)
            : label.Number is { } number && double.IsInteger(number) ? (int)number : -1;
        int output = Array.IndexOf([.. Places], place);
        return output >= 0 ? output : throw Wrong($"The label {label.Text} of an eval set is none that rows are learned from ({Some(Names)}).");
    }

    /// <summary>The weights of the outputs.</summary>
    /// <exception cref="TrainingException">There are more or fewer than classes, or labels that are none.</exception>
    public IReadOnlyList<float>? WeightsOf(ClassRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Weights.Count == 0) return null;
        int classes = Math.Max(Count, Math.Max(Names.Count, Places.Count));
        if (rules.Weights.Count != classes) throw new TrainingException(TrainingFault.Parameter,
            $"class_weights is a list of {rules.Weights.Count}, and there are {classes} classes ({Some(Names)}).");
        if (rules.WeightLabels.Count == 0) return [.. Places.Select(place => rules.Weights[place])];
        return [.. Places.Select(place => Array.FindIndex([.. rules.WeightLabels], text => Names[place].Means(new ClassLabel(ClassLabelType.String, text)))
            is >= 0 and var at ? rules.Weights[at] : throw new TrainingException(TrainingFault.Parameter,
                $"class_weights has no weight of the class {Names[place].Text}."))];
    }

    /// <summary>As models carry it: <c>class_params</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["class_label_type"] = Kind.ToString(),
        ["class_names"] = new JsonArray([.. Names.Select(name => name.ToJson())]),
        ["class_to_label"] = new JsonArray([.. Places.Select(place => (JsonNode)place)]),
        ["classes_count"] = Count,
    }.ToJsonString();

    private static LabelledClasses Numbered(IReadOnlyList<ClassLabel> found, int count, out int[] outputs)
    {
        int[] numbers = [.. found.Select(label => label.Number is { } number && number >= 0 && number < count && double.IsInteger(number)
            ? (int)number : throw Wrong($"The label {label.Text} is no class: classes_count is {count}, so labels are 0 to {count - 1}."))];
        int[] seen = [.. numbers.Order()];
        outputs = [.. numbers.Select(number => Array.IndexOf(seen, number))];
        return new LabelledClasses(ClassLabelType.Integer, [], count, seen);
    }

    private static ClassLabel[] Named(ClassRules rules) => [.. rules.WeightLabels.Select(text =>
        new ClassLabel(long.TryParse(text, CultureInfo.InvariantCulture, out _) ? ClassLabelType.Integer : ClassLabelType.String, text))];

    /// <summary>By number where all are numbers, texts of numbers too.</summary>
    private static IEnumerable<ClassLabel> Sorted(IReadOnlyList<ClassLabel> labels) => labels.All(label => label.Number is not null)
        ? labels.OrderBy(label => label.Number) : labels.OrderBy(label => label.Text, StringComparer.Ordinal);

    private static string Some(IReadOnlyList<ClassLabel> labels) =>
        string.Join(", ", labels.Take(5).Select(label => label.Text)) + (labels.Count > 5 ? ", …" : "");

    private static TrainingException Wrong(string text) => new(TrainingFault.Labels, text);
}
