using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>
/// Reads the features. The file refers to features by their running number per kind; here they become positions in lists. Combinations are
/// made once per place in the file, because many CTRs point at the same.
/// </summary>
internal sealed class CbmFeatures(LoadBudget budget)
{
    private FeatureNumbers _floatNumbers = FeatureNumbers.None;
    private FeatureNumbers _categoryNumbers = FeatureNumbers.None;
    private readonly Dictionary<long, CtrKey> _keys = [];

    public ImmutableArray<FloatFeature> Floats { get; private set; } = [];

    public ImmutableArray<CategoricalFeature> Categories { get; private set; } = [];

    public ImmutableArray<OneHotFeature> OneHots { get; private set; } = [];

    public ImmutableArray<CtrFeature> Ctrs { get; private set; } = [];

    public void Read(FlatTable trees)
    {
        Floats = ReadFloats(trees.Tables(5));
        Categories = ReadCategories(trees.Tables(4));
        OneHots = ReadOneHots(trees.Tables(6));
        Ctrs = ReadCtrs(trees.Tables(7));
    }

    /// <summary>The key of a CTR table, for tables outside the core.</summary>
    public CtrKey ReadKey(FlatTable table)
    {
        int type = table.Byte(1);
        if (!Enum.IsDefined((CtrType)type)) Fault.Unsupported($"uses the unknown CTR type {type}", table.FileOffset);
        return new(ReadCombination(table.Table(0)), (CtrType)type, table.Int32(2));
    }

    private ImmutableArray<FloatFeature> ReadFloats(FlatTableVector tables)
    {
        budget.ChargeColumns(tables.Count);
        var features = new FloatFeature[tables.Count];
        for (int i = 0; i < features.Length; i++)
        {
            FlatTable table = tables[i];
            int treatment = table.Byte(5);
            if (!Enum.IsDefined((NanTreatment)treatment))
                Fault.Unsupported($"treats missing values in the unknown way {treatment}", table.FileOffset);
            features[i] = new FloatFeature
            {
                HasNans = table.Bool(0),
                Index = table.Int32(1, -1),
                FlatIndex = table.Int32(2, -1),
                Borders = table.Array<float>(3),
                Id = table.String(4),
                NanTreatment = (NanTreatment)treatment,
            };
            budget.ChargeQuestions(features[i].Borders.Length);
        }

        _floatNumbers = FeatureNumbers.Of("numeric", Array.ConvertAll(features, feature => feature.Index), budget);

        return ImmutableCollectionsMarshal.AsImmutableArray(features);
    }

    private ImmutableArray<CategoricalFeature> ReadCategories(FlatTableVector tables)
    {
        budget.ChargeColumns(tables.Count);
        var features = new CategoricalFeature[tables.Count];
        for (int i = 0; i < features.Length; i++)
        {
            FlatTable table = tables[i];
            features[i] = new CategoricalFeature
            {
                Index = table.Int32(0, -1),
                FlatIndex = table.Int32(1, -1),
                Id = table.String(2),
                IsUsed = table.Bool(3, missing: true),
            };
        }

        _categoryNumbers = FeatureNumbers.Of("categorical", Array.ConvertAll(features, feature => feature.Index), budget);

        return ImmutableCollectionsMarshal.AsImmutableArray(features);
    }

    private ImmutableArray<OneHotFeature> ReadOneHots(FlatTableVector tables)
    {
        budget.Charge(80L * tables.Count);
        var features = new OneHotFeature[tables.Count];
        for (int i = 0; i < features.Length; i++)
        {
            features[i] = new OneHotFeature
            {
                Feature = _categoryNumbers.Resolve(tables[i].Int32(0, -1)),
                Values = tables[i].Array<int>(1),
            };
            budget.ChargeQuestions(features[i].Values.Length);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(features);
    }

    private ImmutableArray<CtrFeature> ReadCtrs(FlatTableVector tables)
    {
        budget.Charge(160L * tables.Count);
        var features = new CtrFeature[tables.Count];
        for (int i = 0; i < features.Length; i++)
        {
            FlatTable ctr = tables[i].Table(0);
            features[i] = new CtrFeature
            {
                Key = SharedKey(ctr.Table(0)),
                TargetBorderIndex = ctr.Int32(1),
                PriorNumerator = ctr.Single(2),
                PriorDenominator = ctr.Single(3, missing: 1),
                Shift = ctr.Single(4),
                Scale = ctr.Single(5, missing: 1),
                Borders = tables[i].Array<float>(1),
            };
            budget.ChargeQuestions(features[i].Borders.Length + features[i].Key.Combination.Length);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(features);
    }

    private CtrKey SharedKey(FlatTable table)
    {
        if (_keys.TryGetValue(table.Position, out CtrKey? known)) return known;
        budget.Charge(64);
        return _keys[table.Position] = ReadKey(table);
    }

    private FeatureCombination ReadCombination(FlatTable table)
    {
        ReadOnlySpan<int> categories = table.Values<int>(0);
        ReadOnlySpan<CtrFloatSplit> floats = table.Values<CtrFloatSplit>(1);
        ReadOnlySpan<CtrOneHotSplit> oneHots = table.Values<CtrOneHotSplit>(2);
        budget.Charge(200 + (4L * categories.Length) + (8L * (floats.Length + oneHots.Length)));
        (int[] Categories, CtrFloatSplit[] Floats, CtrOneHotSplit[] OneHots) combination =
            (Categories: new int[categories.Length], Floats: floats.ToArray(), OneHots: oneHots.ToArray());
        for (int i = 0; i < categories.Length; i++) combination.Categories[i] = _categoryNumbers.Resolve(categories[i]);
        foreach (ref CtrFloatSplit split in combination.Floats.AsSpan())
            split = split with { Feature = _floatNumbers.Resolve(split.Feature) };
        foreach (ref CtrOneHotSplit split in combination.OneHots.AsSpan())
            split = split with { Feature = _categoryNumbers.Resolve(split.Feature) };
        return new FeatureCombination
        {
            Categories = ImmutableCollectionsMarshal.AsImmutableArray(combination.Categories),
            FloatSplits = ImmutableCollectionsMarshal.AsImmutableArray(combination.Floats),
            OneHotSplits = ImmutableCollectionsMarshal.AsImmutableArray(combination.OneHots),
        };
    }
}
