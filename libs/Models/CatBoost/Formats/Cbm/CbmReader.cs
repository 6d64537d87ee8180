using System.Collections.Immutable;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Reads CatBoost's binary model format.</summary>
/// <remarks>Source: catboost/libs/model/flatbuffers of CatBoost 1.2.10 (schema), catboost/libs/model/model.cpp (container).</remarks>
internal static class CbmReader
{
    public const string Version = "FlabuffersModel_v1";
    public const string CtrPart = "static_provider_v1";

    /// <summary>What the list of inputs takes for one of them, its name among it.</summary>
    private const long InputBytes = 176;

    public static CatBoostModelParts Read(ReadOnlySpan<byte> file)
    {
        var container = new CbmContainer(file);
        container.SkipMagic();
        var budget = new LoadBudget(file.Length);
        ReadOnlySpan<byte> core = container.Block();
        FlatTable root = new FlatBuffer(core, container.Position - core.Length, budget).Root();
        CheckVersion(root);
        Dictionary<string, string> info = ReadInfo(root, budget);
        FlatTable trees = root.Table(1);
        RefuseTextAndEmbeddings(trees);
        var features = new CbmFeatures(budget);
        features.Read(trees);
        CatBoostModelParts parts = CbmTrees.Read(trees, budget) with
        {
            FloatFeatures = features.Floats,
            CategoricalFeatures = features.Categories,
            OneHotFeatures = features.OneHots,
            CtrFeatures = features.Ctrs,
            CtrTables = ReadParts(root, ref container, features, budget),
            Info = info,
        };
        budget.Charge(InputBytes * ModelInputs.CountUsed(parts));
        return parts;
    }

    private static void CheckVersion(FlatTable root)
    {
        string version = root.String(0);
        if (version != Version)
            throw new ModelException(
                ModelErrorCodes.UnknownVersion,
                $"The model has format version '{Fault.Shown(version)}'; only '{Version}' is known. Save it with a CatBoost of version 1.x.")
            { Offset = root.FileOffset };
    }

    private static Dictionary<string, string> ReadInfo(FlatTable root, LoadBudget budget)
    {
        FlatTableVector pairs = root.Tables(2);
        budget.Charge(96L * pairs.Count);
        var info = new Dictionary<string, string>(pairs.Count, StringComparer.Ordinal);
        for (int i = 0; i < pairs.Count; i++) info[pairs[i].String(0)] = pairs[i].String(1);
        return info;
    }

    private static void RefuseTextAndEmbeddings(FlatTable trees)
    {
        RefuseUsed(trees.Tables(12), "text", usedField: 3);
        RefuseUsed(trees.Tables(18), "embedding", usedField: 4);
        FlatTableVector estimated = trees.Tables(13);
        if (estimated.Count == 0) return;
        string kind = estimated[0].Byte(4) == 0 ? "text" : "embedding";
        Fault.Unsupported($"uses {kind} features", estimated[0].FileOffset);
    }

    private static void RefuseUsed(FlatTableVector features, string kind, int usedField)
    {
        for (int i = 0; i < features.Count; i++)
        {
            FlatTable feature = features[i];
            if (!feature.Bool(usedField, missing: true)) continue;
            string id = feature.String(2);
            string name = id.Length > 0 ? id : $"{feature.Int32(1, -1)}";
            Fault.Unsupported($"uses the {kind} feature '{Fault.Shown(name)}'", feature.FileOffset, name);
        }
    }

    private static ImmutableArray<CtrTable> ReadParts(FlatTable root, ref CbmContainer container, CbmFeatures features, LoadBudget budget)
    {
        FlatTableVector ids = root.Tables(3);
        ImmutableArray<CtrTable> tables = ImmutableArray<CtrTable>.Empty;
        for (int i = 0; i < ids.Count; i++)
        {
            string id = ids.String(i).TrimEnd('\0');
            if (id.StartsWith("text_process", StringComparison.Ordinal)) Fault.Unsupported("processes text features", container.Position);
            if (id.StartsWith("embed_process", StringComparison.Ordinal))
                Fault.Unsupported("processes embedding features", container.Position);
            if (id != CtrPart) Fault.Unsupported($"has the unknown part '{Fault.Shown(id)}'", container.Position);
            if (i > 0) Fault.Corrupt("the CTR tables come twice", container.Position);
            tables = CbmCtrTables.Read(ref container, features, budget);
        }

        if (!container.AtEnd) Fault.Corrupt("bytes follow after the last part", container.Position);
        return tables;
    }
}
