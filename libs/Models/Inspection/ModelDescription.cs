using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>What a model says about itself, for people. Kinds of model add what only they have. Immutable.</summary>
public record ModelDescription
{
    /// <summary>The name of its format, as <see cref="IModel.Format"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Values per row in the raw output.</summary>
    public required int OutputCount { get; init; }

    /// <summary>All columns of the training table, by their place in it.</summary>
    public required ImmutableArray<FeatureSummary> Features { get; init; }

    /// <summary>The name of the loss; null if the model does not tell.</summary>
    public required string? Loss { get; init; }

    /// <summary>The classes; null if the model is no classifier.</summary>
    public required ClassLabels? Labels { get; init; }

    /// <summary>The parameters that the trainer was given, name and value as JSON, by name; empty if the model does not tell.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>When the training ended, as the trainer wrote it; null if the model does not tell.</summary>
    public required string? TrainedAt { get; init; }
}
