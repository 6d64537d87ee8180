using BatchScoring.Core;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Import;

/// <summary>What the model, or <c>--category</c>, says of the columns.</summary>
internal sealed class FeatureKinds
{
    private readonly Dictionary<string, ModelInputKind>? _kinds;
    private readonly ImportOptions _options;

    private FeatureKinds(Dictionary<string, ModelInputKind>? kinds, ImportOptions options) => (_kinds, _options) = (kinds, options);

    /// <summary>The features that must be there by name.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>True when a model says it; without one, the content decides.</summary>
    public bool AreKnown => _kinds is not null;

    /// <summary>True for a model of one output: its outcome is a number.</summary>
    public bool NeedsNumericLabel { get; private init; }

    public IEnumerable<string> Notes { get; private init; } = [];

    /// <param name="model">The model; null without one.</param>
    /// <param name="options">Names key, label, outcomes and categories.</param>
    /// <param name="columns">The source's columns, in their order.</param>
    public static FeatureKinds Of(IModel? model, ImportOptions options, IReadOnlyList<SourceColumn> columns)
    {
        if (model is null) return new FeatureKinds(null, options);
        if (model.HasFeatureNames)
        {
            return new FeatureKinds(model.Inputs.ToDictionary(input => input.Name, input => input.Kind, StringComparer.Ordinal), options)
            {
                Names = [.. model.Inputs.Select(input => input.Name)],
                NeedsNumericLabel = model.OutputCount == 1,
            };
        }

        // As score does it: the columns of the sample beside the key, by their places; outcomes are no part of it.
        string[] places = [.. columns.Select(column => column.Name).Where(name =>
            name != options.Key && name != options.Label && !options.Outcomes.Contains(name, StringComparer.Ordinal))];
        int needed = model.Inputs.Max(input => input.Position) + 1;
        if (places.Length < needed)
        {
            throw new BatchScoringException(JobErrors.ColumnsMissing,
                $"The model names no features and takes its columns by position. It needs {needed} beside key and outcomes; there are " +
                $"{places.Length}: {string.Join(", ", places)}.");
        }

        return new FeatureKinds(model.Inputs.ToDictionary(input => places[input.Position], input => input.Kind, StringComparer.Ordinal),
            options)
        {
            NeedsNumericLabel = model.OutputCount == 1,
            Notes = [$"The model names no features: its {needed} column(s) were taken by position, from {places[0]} on."],
        };
    }

    public bool IsOutcome(string name) => name == _options.Label || _options.Outcomes.Contains(name, StringComparer.Ordinal);

    public bool IsCategory(string name) => IsFeature(name) &&
        (_options.Categories.Contains(name, StringComparer.Ordinal)
            || (_kinds?.TryGetValue(name, out ModelInputKind kind) == true && kind == ModelInputKind.Categorical));

    public bool IsNumber(string name) => IsFeature(name) && !IsCategory(name) &&
        _kinds?.TryGetValue(name, out ModelInputKind kind) == true && kind == ModelInputKind.Numeric;

    private bool IsFeature(string name) => name != _options.Key && !IsOutcome(name);
}
