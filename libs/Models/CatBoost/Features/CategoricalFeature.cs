namespace BatchScoring.Models;

/// <summary>A categorical column of the training table. Immutable.</summary>
public sealed class CategoricalFeature
{
    /// <summary>Running number among the categorical features, as the file counts.</summary>
    public required int Index { get; init; }

    /// <summary>Column number in the training table, from 0.</summary>
    public required int FlatIndex { get; init; }

    /// <summary>The name that the file gives; empty if none.</summary>
    public string Id { get; init; } = "";

    /// <summary>False if no split needs the feature.</summary>
    public bool IsUsed { get; init; } = true;
}
