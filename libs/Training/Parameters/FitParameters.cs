using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Training;

/// <summary>All that a user says of a training by name, as CatBoost calls it.</summary>
public sealed record FitParameters
{
    /// <summary>What makes the trees; columns that are named by their numbers are not in it before <see cref="For"/>.</summary>
    public TrainingParameters Training { get; init; } = new();

    /// <summary>How labels become classes.</summary>
    public ClassRules Classes { get; init; } = new();

    /// <summary>True where a missing number is an error.</summary>
    public bool ForbidsMissing { get; init; }

    /// <summary>The parameters as they were given.</summary>
    public JsonObject Given { get; init; } = [];

    internal IReadOnlyList<JsonElement> IgnoredFeatures { get; init; } = [];

    internal IReadOnlyList<string> ColumnRules { get; init; } = [];

    /// <summary>Reads parameters, as in <c>{"iterations": 200, "depth": 4}</c>.</summary>
    /// <exception cref="TrainingException">A name nobody knows, a value that is not allowed, two that do not go together.</exception>
    public static FitParameters Read(JsonObject given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return ParameterReader.Read(given);
    }

    /// <summary>What makes the trees, for a table.</summary>
    /// <param name="columns">The names of its columns, in their order.</param>
    /// <exception cref="TrainingException">A column is named that it does not have.</exception>
    public TrainingParameters For(IReadOnlyList<string> columns) => Training with
    {
        IgnoredFeatures = ColumnParameters.Ignored(IgnoredFeatures, columns),
        ColumnQuantisations = ColumnParameters.Quantisations(ColumnRules, Training.Quantisation, columns),
    };
}
