namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>
/// Which columns a split is about. Features are counted as <see cref="CatBoostModel.BinaryFeatureStarts"/> does: numeric ones, one-hot ones,
/// CTRs. Columns are counted by their place in the training table, without gaps, as <see cref="ModelDescription.Features"/> lists them.
/// </summary>
internal sealed class SplitParts
{
    private readonly CatBoostModel _model;
    private readonly int[] _floats, _categories;

    public SplitParts(CatBoostModel model)
    {
        _model = model;
        int[] places = [.. model.FloatFeatures.Select(feature => feature.FlatIndex)
            .Concat(model.CategoricalFeatures.Select(feature => feature.FlatIndex)).Order()];
        _floats = [.. model.FloatFeatures.Select(feature => Array.BinarySearch(places, feature.FlatIndex))];
        _categories = [.. model.CategoricalFeatures.Select(feature => Array.BinarySearch(places, feature.FlatIndex))];
        ColumnCount = places.Length;
        int features = model.BinaryFeatureStarts.Length - 1;
        Features = new int[model.BinaryFeatureCount];
        for (int feature = 0; feature < features; feature++)
            Array.Fill(Features, feature, model.BinaryFeatureStarts[feature],
                model.BinaryFeatureStarts[feature + 1] - model.BinaryFeatureStarts[feature]);
        Columns = [.. Enumerable.Range(0, features).Select(feature => Parts(feature).SelectMany(parts => parts).ToArray())];
        PairColumns = [.. Enumerable.Range(0, features).Select(PartsOfPairs)];
        (PlayerColumns, Players) = FindPlayers(features);
    }

    /// <summary>Columns of the training table.</summary>
    public int ColumnCount { get; }

    /// <summary>The feature of each binary feature.</summary>
    public int[] Features { get; }

    /// <summary>Every part of a feature, one column each; a column that two parts are about stands there twice.</summary>
    public int[][] Columns { get; }

    /// <summary>The same for pairs: CatBoost forgets one-hot splits there.</summary>
    public int[][] PairColumns { get; }

    /// <summary>
    /// The player that a feature belongs to. A numeric or one-hot column plays for itself; of a CTR its category columns play together.
    /// </summary>
    public int[] Players { get; }

    /// <summary>The columns that play together.</summary>
    public int[][] PlayerColumns { get; }

    /// <summary>The columns of a feature that can be said to interact with others.</summary>
    public int[] WholeColumns(int feature) => [.. Columns[feature].Distinct()];

    private int[][] Parts(int feature)
    {
        if (feature < _floats.Length) return [[_floats[feature]]];
        feature -= _floats.Length;
        if (feature < _model.OneHotFeatures.Length) return [[_categories[_model.OneHotFeatures[feature].Feature]]];
        FeatureCombination combination = _model.CtrFeatures[feature - _model.OneHotFeatures.Length].Key.Combination;
        return
        [
            [.. combination.FloatSplits.Select(split => _floats[split.Feature])],
            [.. combination.Categories.Select(category => _categories[category])],
            [.. combination.OneHotSplits.Select(split => _categories[split.Feature])],
        ];
    }

    private int[] PartsOfPairs(int feature)
    {
        if (feature < _floats.Length) return Columns[feature];
        return feature < _floats.Length + _model.OneHotFeatures.Length ? [] : [.. Parts(feature)[..2].SelectMany(parts => parts)];
    }

    private (int[][] Columns, int[] Players) FindPlayers(int features)
    {
        List<int[]> columns = [];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        int[] players = new int[features];
        for (int feature = 0; feature < features; feature++)
        {
            int[][] parts = Parts(feature);
            int[] together = [.. (parts.Length == 1 ? parts[0] : parts[1]).Distinct().Order()];
            string name = string.Join(',', together);
            if (!known.TryGetValue(name, out players[feature]))
            {
                known.Add(name, players[feature] = columns.Count);
                columns.Add(together);
            }
        }

        return ([.. columns], players);
    }
}
