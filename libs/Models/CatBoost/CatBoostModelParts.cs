using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// What a CatBoost model is made of, before it was checked: what a format's reader or a trainer fills in. <see cref="CatBoostModel"/>
/// checks it and is what everybody else sees. Exactly one of <see cref="Symmetric"/> and <see cref="NonSymmetric"/> is set.
/// </summary>
public sealed record CatBoostModelParts
{
    /// <summary>Values per leaf and per row of output, at least 1.</summary>
    public int OutputCount { get; init; } = 1;

    /// <summary>All numeric columns of the training table, used or not.</summary>
    public ImmutableArray<FloatFeature> FloatFeatures { get; init; } = [];

    /// <summary>All categorical columns of the training table, used or not.</summary>
    public ImmutableArray<CategoricalFeature> CategoricalFeatures { get; init; } = [];

    /// <summary>One-hot splits.</summary>
    public ImmutableArray<OneHotFeature> OneHotFeatures { get; init; } = [];

    /// <summary>Numbers made of categories.</summary>
    public ImmutableArray<CtrFeature> CtrFeatures { get; init; } = [];

    /// <summary>The tables that <see cref="CtrFeatures"/> read; keys are unique.</summary>
    public ImmutableArray<CtrTable> CtrTables { get; init; } = [];

    /// <summary>The trees, if all are symmetric.</summary>
    public SymmetricTrees? Symmetric { get; init; }

    /// <summary>The trees, if not all are symmetric.</summary>
    public NonSymmetricTrees? NonSymmetric { get; init; }

    /// <summary>Leaf after leaf, <see cref="OutputCount"/> values each.</summary>
    public ImmutableArray<double> LeafValues { get; init; } = [];

    /// <summary>Training weight per leaf, or empty; not needed for scoring.</summary>
    public ImmutableArray<double> LeafWeights { get; init; } = [];

    /// <summary>Multiplies the sum of the leaves.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Added after <see cref="Scale"/>: one value per output, or empty for none.</summary>
    public ImmutableArray<double> Bias { get; init; } = [];

    /// <summary>What the trainer wrote about the model: <c>params</c>, <c>class_params</c>, and so on.</summary>
    public IReadOnlyDictionary<string, string> Info { get; init; } = ImmutableDictionary<string, string>.Empty;
}
