using System.Collections.Immutable;
using System.Globalization;

namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>Finds a CatBoost model's classes.</summary>
internal static class ClassLabelReader
{
    /// <summary>The answers of a model whose rows may have several labels.</summary>
    public static ClassLabels NoYes { get; } = new(ClassLabelType.Integer, ["0", "1"], [0, 1]);

    /// <summary>The classes of a model; null if it is no classifier.</summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    public static ClassLabels? Of(CatBoostModel model)
    {
        int outputs = model.OutputCount == 1 ? 2 : model.OutputCount;
        foreach (string key in (ReadOnlySpan<string>)["class_params", "multiclass_params"])
            if (model.Info.TryGetValue(key, out string? json) && ClassParams.Read(json) is { Names.Length: > 0 } found)
                return Make(found, outputs);
        if (model.Loss is null || !Losses.IsClassification(model.Loss)) return null;
        if (model.Info.TryGetValue("params", out string? parameters) && ClassParams.ReadTrainingOptions(parameters) is { Names.Length: > 0 } options)
            return Make(options, outputs);
        return Make(new ClassParams([.. Enumerable.Range(0, outputs).Select(label => label.ToString(CultureInfo.InvariantCulture))], [], null), outputs);
    }

    private static ClassLabels Make(ClassParams found, int outputs)
    {
        ImmutableArray<int> places = found.Places.IsEmpty ? [.. Enumerable.Range(0, outputs)] : found.Places;
        if (places.Length != outputs || places.Distinct().Count() != outputs || places.Any(place => (uint)place >= (uint)found.Names.Length))
            Fault.Invalid($"it has {outputs} classes; its class_params name {found.Names.Length} and place {places.Length}");
        return new(TypeOf(found), found.Names, places);
    }

    private static ClassLabelType TypeOf(ClassParams found)
    {
        if (found.Type is { } name && Enum.TryParse<ClassLabelType>(name, out ClassLabelType type) && Enum.IsDefined(type)) return type;
        if (found.Names.All(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return ClassLabelType.Integer;
        return found.Names.All(text => double.TryParse(text, CultureInfo.InvariantCulture, out _)) ? ClassLabelType.Float : ClassLabelType.String;
    }
}
