using System.Collections.Immutable;
using System.Globalization;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>Finds a CatBoost model's classes, where and in the order in which CatBoost looks for them.</summary>
/// <remarks>Source: GetModelClassLabels and TExternalLabelsHelper of CatBoost 1.2.10.</remarks>
internal static class ClassLabelReader
{
    /// <summary>The answers of a model whose rows may have several labels.</summary>
    public static ClassLabels NoYes { get; } = Numbered(2);

    /// <summary>The classes of a model; null if it is no classifier.</summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    public static ClassLabels? Of(CatBoostModel model)
    {
        int outputs = model.OutputCount == 1 && !Losses.IsMultiLabel(model.Loss) ? 2 : model.OutputCount;
        if (Told(model) is { } told) return Make(told, outputs);
        return model.Loss is not null && Losses.IsClassification(model.Loss) ? Numbered(outputs) : null;
    }

    /// <summary>Classes without names.</summary>
    public static ClassLabels Numbered(int count)
    {
        ImmutableArray<int> places = [.. Enumerable.Range(0, count)];
        return new(ClassLabelType.Integer, [.. places.Select(place => place.ToString(CultureInfo.InvariantCulture))], places);
    }

    /// <summary>The options of the training name classes whatever the loss, a loss of the user's own among them.</summary>
    private static ClassParams? Told(CatBoostModel model)
    {
        foreach (string key in (ReadOnlySpan<string>)["class_params", "multiclass_params"])
            if (ModelJson.Text(model.Info, key) is { } json && ClassParams.Read(json) is { } found) return found;
        return ModelJson.Text(model.Info, "params") is { } parameters ? ClassParams.ReadTrainingOptions(parameters) : null;
    }

    private static ClassLabels Make(ClassParams found, int outputs)
    {
        bool areLabels = found is { Names.IsEmpty: true, Count: 0 };
        ImmutableArray<ClassLabelText> labels =
            areLabels ? found.OutputLabels
            : found.Names.IsEmpty ? [.. Enumerable.Range(0, Bounded(found.Count, outputs)).Select(ClassLabelText.Of)]
            : found.Names;
        ImmutableArray<int> places =
            areLabels || found.OutputLabels.IsEmpty ? [.. Enumerable.Range(0, outputs)] : [.. found.OutputLabels.Select(Place)];
        if (places.Length != outputs || places.Distinct().Count() != outputs || places.Any(place => (uint)place >= (uint)labels.Length))
            Fault.Invalid($"it has {outputs} classes; its class_params name {labels.Length} and place {places.Length}");
        return new(TypeOf(found.Type, labels), [.. labels.Select(label => label.Text)], places);
    }

    /// <summary>A declared class costs the file nothing, so a small file could declare two billion.</summary>
    private static int Bounded(int classes, int outputs)
    {
        const int MaxUnseen = 1 << 20;
        if (classes < outputs || classes > outputs + MaxUnseen)
            Fault.Invalid($"it has {outputs} classes; its class_params declare {classes}");
        return classes;
    }

    private static int Place(ClassLabelText place) =>
        double.TryParse(place.Text, CultureInfo.InvariantCulture, out double value) && value is >= 0 and < int.MaxValue
            && double.IsInteger(value) ? (int)value : -1;

    /// <summary>What the model says; numbers only where every label is one and no two are the same, or classes would become one.</summary>
    private static ClassLabelType TypeOf(ClassLabelType? told, ImmutableArray<ClassLabelText> labels)
    {
        ClassLabelType type = told ?? Widest(labels);
        return type switch
        {
            ClassLabelType.Integer when !AreDistinct(labels, text =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null) =>
                    ClassLabelType.String,
            ClassLabelType.Float when !AreDistinct(labels, text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                    ? BitConverter.DoubleToInt64Bits(number)
                    : null) => ClassLabelType.String,
            ClassLabelType.Boolean when !AreDistinct(labels, text => text is "true" or "1" ? 1 : text is "false" or "0" ? 0 : null) =>
                ClassLabelType.String,
            _ => type,
        };
    }

    private static ClassLabelType Widest(ImmutableArray<ClassLabelText> labels)
    {
        if (labels.All(label => label.Type == ClassLabelType.Boolean)) return ClassLabelType.Boolean;
        if (labels.All(label => label.Type == ClassLabelType.Integer)) return ClassLabelType.Integer;
        return labels.All(label => label.Type is ClassLabelType.Integer or ClassLabelType.Float)
            ? ClassLabelType.Float
            : ClassLabelType.String;
    }

    private static bool AreDistinct(ImmutableArray<ClassLabelText> labels, Func<string, long?> number)
    {
        var seen = new HashSet<long>();
        return labels.All(label => number(label.Text) is { } value && seen.Add(value));
    }
}
