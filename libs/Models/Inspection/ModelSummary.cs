using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using BatchScoring.Models.Inspection;
using BatchScoring.Models.Predictions;

namespace BatchScoring.Models;

/// <summary>What a model file holds, for people. Immutable.</summary>
public sealed record ModelSummary
{
    /// <summary>SHA-256 of the file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileLength { get; init; }

    /// <summary>How many trees there are.</summary>
    public required int TreeCount { get; init; }

    /// <summary>Whether all nodes of a level ask the same question.</summary>
    public required bool IsSymmetric { get; init; }

    /// <summary>How many trees have each depth (splits from the root to the farthest leaf), by depth.</summary>
    public required ImmutableSortedDictionary<int, int> TreesByDepth { get; init; }

    /// <summary>Leaves of all trees.</summary>
    public required int LeafCount { get; init; }

    /// <summary>Values per row in the raw output.</summary>
    public required int OutputCount { get; init; }

    /// <summary>Borders and values that splits may ask for.</summary>
    public required int BinaryFeatureCount { get; init; }

    /// <summary>All columns of the training table, by their place in it.</summary>
    public required ImmutableArray<FeatureSummary> Features { get; init; }

    /// <summary>CTR features by type.</summary>
    public required ImmutableSortedDictionary<CtrType, int> CtrsByType { get; init; }

    /// <summary>Multiplies the sum of the leaves.</summary>
    public required double Scale { get; init; }

    /// <summary>Added after <see cref="Scale"/>; one value per output.</summary>
    public required ImmutableArray<double> Bias { get; init; }

    /// <summary>The name of the loss; null if the model does not tell.</summary>
    public required string? Loss { get; init; }

    /// <summary>The classes; null if the model is no classifier.</summary>
    public required ClassLabels? Labels { get; init; }

    /// <summary>The parameters that the trainer was given, name and value as JSON, by name; empty if the model does not tell.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>When the training ended, as the trainer wrote it; null if the model does not tell.</summary>
    public required string? TrainedAt { get; init; }

    /// <summary>Describes a model.</summary>
    /// <param name="file">The whole file, format <c>.cbm</c>.</param>
    /// <exception cref="ModelException">It cannot be read; the code says why.</exception>
    public static ModelSummary Of(ReadOnlySpan<byte> file)
    {
        var model = CatBoostModel.Load(file);
        return new ModelSummary
        {
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(file)),
            FileLength = file.Length,
            TreeCount = model.TreeCount,
            IsSymmetric = model.Symmetric is not null,
            TreesByDepth = TreeDepths.Of(model).CountBy(depth => depth).ToImmutableSortedDictionary(),
            LeafCount = model.LeafValues.Length / model.OutputCount,
            OutputCount = model.OutputCount,
            BinaryFeatureCount = model.BinaryFeatureCount,
            Features = FeatureSummaries.Of(model),
            CtrsByType = model.CtrFeatures.CountBy(ctr => ctr.Key.Type).ToImmutableSortedDictionary(),
            Scale = model.Scale,
            Bias = model.Bias,
            Loss = model.Loss,
            Labels = ClassLabels.Of(model),
            Parameters = ParametersOf(model),
            TrainedAt = model.Info.GetValueOrDefault("train_finish_time"),
        };
    }

    private static ImmutableArray<KeyValuePair<string, string>> ParametersOf(CatBoostModel model)
    {
        if (!model.Info.TryGetValue("params", out string? json)) return [];
        List<KeyValuePair<string, string>>? given = ModelJson.Parse(
            "params",
            json,
            root => ModelJson.Find(root, "flat_params") is { ValueKind: JsonValueKind.Object } flat
                ? flat.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.GetRawText())).ToList()
                : null);
        return [.. (given ?? []).OrderBy(parameter => parameter.Key, StringComparer.Ordinal)];
    }
}
