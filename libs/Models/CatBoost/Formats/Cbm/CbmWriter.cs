using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Writes a model as CatBoost's binary format, such that CatBoost loads it and predicts the same bits.</summary>
internal static class CbmWriter
{
    public static byte[] Write(CatBoostModel model)
    {
        var blocks = new List<FlatWriter> { FlatWriter.Write(Core(model)) };
        foreach (CtrTable table in model.CtrTables) blocks.Add(FlatWriter.Write(CtrTable(model, table)));

        using var file = new MemoryStream();
        file.Write(CbmContainer.Magic);
        WriteBlock(file, blocks[0]);
        if (!model.CtrTables.IsEmpty) WriteSize(file, (uint)model.CtrTables.Length);
        foreach (FlatWriter? block in blocks.Skip(1)) WriteBlock(file, block);
        return file.ToArray();
    }

    private static void WriteBlock(MemoryStream file, FlatWriter block)
    {
        WriteSize(file, (uint)block.Length);
        file.Write(block.Written);
    }

    private static void WriteSize(MemoryStream file, uint size)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, size);
        file.Write(bytes);
    }

    private static FlatTableWriter Core(CatBoostModel model)
    {
        var info = model.Info.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        FlatTableWriter core = new FlatTableWriter()
            .Text(0, CbmReader.Version)
            .Table(1, Trees(model))
            .Tables(2, info, pair => new FlatTableWriter().Text(0, pair.Key).Text(1, pair.Value));
        return model.CtrTables.IsEmpty ? core : core.Texts(3, [CbmReader.CtrPart]);
    }

    private static FlatTableWriter Trees(CatBoostModel model)
    {
        ImmutableArray<int> sizes = model.Symmetric?.Depths ?? model.NonSymmetric!.NodeCounts;
        ImmutableArray<int> splits = model.Symmetric?.Splits ?? model.NonSymmetric!.Splits;
        int[] starts = new int[sizes.Length];
        for (int i = 1; i < starts.Length; i++) starts[i] = starts[i - 1] + sizes[i - 1];
        FlatTableWriter trees = new FlatTableWriter()
            .Int32(0, model.OutputCount)
            .Values(1, splits.AsMemory(), 4)
            .Values(2, sizes.AsMemory(), 4)
            .Values<int>(3, starts, 4)
            .Tables(4, model.CategoricalFeatures, Category)
            .Tables(5, model.FloatFeatures, Float)
            .Tables(6, model.OneHotFeatures, oneHot => OneHot(model, oneHot))
            .Tables(7, model.CtrFeatures, ctr => Ctr(model, ctr))
            .Values(8, model.LeafValues.AsMemory(), 8)
            .Values(9, model.LeafWeights.AsMemory(), 8)
            .Double(14, model.Scale)
            .Values(16, model.Bias.AsMemory(), 8);
        return model.NonSymmetric is { } nonSymmetric
            ? trees.Values(10, nonSymmetric.Nodes.AsMemory(), 2).Values(11, nonSymmetric.LeafOffsets.AsMemory(), 4)
            : trees;
    }

    private static FlatTableWriter Float(FloatFeature feature) => new FlatTableWriter()
        .Bool(0, feature.HasNans)
        .Int32(1, feature.Index)
        .Int32(2, feature.FlatIndex)
        .Values(3, feature.Borders.AsMemory(), 4)
        .Text(4, feature.Id)
        .Byte(5, (int)feature.NanTreatment);

    private static FlatTableWriter Category(CategoricalFeature feature) => new FlatTableWriter()
        .Int32(0, feature.Index)
        .Int32(1, feature.FlatIndex)
        .Text(2, feature.Id)
        .Bool(3, feature.IsUsed);

    private static FlatTableWriter OneHot(CatBoostModel model, OneHotFeature oneHot) => new FlatTableWriter()
        .Int32(0, model.CategoricalFeatures[oneHot.Feature].Index)
        .Values(1, oneHot.Values.AsMemory(), 4);

    private static FlatTableWriter Ctr(CatBoostModel model, CtrFeature ctr) => new FlatTableWriter()
        .Table(0, new FlatTableWriter()
            .Table(0, Key(model, ctr.Key))
            .Int32(1, ctr.TargetBorderIndex)
            .Single(2, ctr.PriorNumerator)
            .Single(3, ctr.PriorDenominator)
            .Single(4, ctr.Shift)
            .Single(5, ctr.Scale))
        .Values(1, ctr.Borders.AsMemory(), 4);

    private static FlatTableWriter Key(CatBoostModel model, CtrKey key) => new FlatTableWriter()
        .Table(0, Combination(model, key.Combination))
        .Byte(1, (int)key.Type)
        .Int32(2, key.TargetBorderClassifier);

    private static FlatTableWriter Combination(CatBoostModel model, FeatureCombination combination)
    {
        int[] categories = [.. combination.Categories.Select(category => model.CategoricalFeatures[category].Index)];
        CtrFloatSplit[] floats =
            [.. combination.FloatSplits.Select(split => split with { Feature = model.FloatFeatures[split.Feature].Index })];
        CtrOneHotSplit[] oneHots =
            [.. combination.OneHotSplits.Select(split => split with { Feature = model.CategoricalFeatures[split.Feature].Index })];
        return new FlatTableWriter().Values<int>(0, categories, 4).Values<CtrFloatSplit>(1, floats, 4)
            .Values<CtrOneHotSplit>(2, oneHots, 4);
    }

    private static FlatTableWriter CtrTable(CatBoostModel model, CtrTable table) => new FlatTableWriter()
        .Table(0, Key(model, table.Key))
        .Bytes(1, table.Buckets.AsMemory())
        .Bytes(2, table.Cells.AsMemory())
        .Int32(3, table.CounterDenominator)
        .Int32(4, table.TargetClassCount);
}
