using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.Models.Predictions;

namespace BatchScoring.Models;

/// <summary>The classes of a classifier, as the user called them. Immutable.</summary>
public sealed class ClassLabels
{
    private ClassLabels(ClassLabelType type, ImmutableArray<string> texts, ImmutableArray<int> places)
    {
        Type = type;
        Texts = texts;
        Places = places;
    }

    /// <summary>The answers of a model whose rows may have several labels.</summary>
    internal static ClassLabels NoYes { get; } = new(ClassLabelType.Integer, ["0", "1"], [0, 1]);

    /// <summary>What the labels were.</summary>
    public ClassLabelType Type { get; }

    /// <summary>The labels; class <c>i</c> of Probability_<c>i</c> is called <c>Texts[i]</c>. More than the model has outputs if some classes had no row.</summary>
    public ImmutableArray<string> Texts { get; }

    /// <summary>Where each raw output's class stands in <see cref="Texts"/>; with one output (binary) the places of class 0 and 1.</summary>
    public ImmutableArray<int> Places { get; }

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
