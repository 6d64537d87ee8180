using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Models.CatBoost.Formats.Json;

/// <summary>The CTR tables of a JSON model.</summary>
internal static class JsonCtrTables
{
    public static ImmutableArray<CtrTable> Read(JsonElement root, JsonFeatures features) =>
        root.TryGetProperty("ctr_data", out JsonElement tables) && tables.ValueKind == JsonValueKind.Object
            ? [.. tables.EnumerateObject().Select(table => Read(table.Name, table.Value, features))] : [];

    /// <summary>
    /// The format names a table by its features and type alone. Where a model has two of them, for two binarisations of the target, only one
    /// is in the file: CatBoost loads it and answers wrongly.
    /// </summary>
    public static void RefuseLostTables(JsonFeatures features, Dictionary<string, string> info)
    {
        CtrType? lost = features.Ctrs.GroupBy(ctr =>
                (ctr.Key, ctr.TargetBorderIndex, ctr.PriorNumerator, ctr.PriorDenominator, ctr.Shift, ctr.Scale))
            .FirstOrDefault(same => same.Count() > 1)?.Key.Key.Type;
        if (lost is null && ModelJson.Text(info, "params") is { } json)
        {
            CtrType[] several = ModelJson.Parse("params", json, SeveralBinarisations) ?? [];
            lost = features.Ctrs.Select(ctr => ctr.Key.Type).Intersect(several).Select(type => (CtrType?)type).FirstOrDefault();
        }

        if (lost is not null)
            Fault.Unsupported(
                $"was trained with several binarisations of the target for its CTRs of type {lost}, and JSON holds the table of only one of them: " +
                "save it as .cbm; as JSON it is one");
    }

    private static CtrType[] SeveralBinarisations(JsonElement parameters)
    {
        if (ModelJson.Find(parameters, "cat_feature_params") is not { } settings) return [];
        IEnumerable<JsonElement> lists = new[] { "simple_ctrs", "combinations_ctrs" }.Select(name => ModelJson.Find(settings, name))
            .OfType<JsonElement>();
        if (ModelJson.Find(settings, "per_feature_ctrs") is { ValueKind: JsonValueKind.Object } own)
            lists = lists.Concat(own.EnumerateObject().Select(member => member.Value));
        return [.. lists.Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray()
                .GroupBy(ctr => ModelJson.Find(ctr, "ctr_type")?.GetString(), StringComparer.Ordinal)
                .Where(type => type.Select(ctr => ModelJson.Find(ctr, "target_binarization")?.GetRawText())
                    .Distinct(StringComparer.Ordinal).Count() > 1))
            .Select(type => Enum.TryParse(type.Key, out CtrType known) ? known : CtrType.Counter)];
    }

    private static CtrTable Read(string name, JsonElement table, JsonFeatures features)
    {
        using var identifier = JsonDocument.Parse(name);
        CtrKey key = features.Key(
            identifier.RootElement.GetProperty("identifier"), identifier.RootElement.GetProperty("type").GetString());
        int stride = table.GetProperty("hash_stride").GetInt32();
        JsonElement[] cells = [.. table.GetProperty("hash_map").EnumerateArray()];
        if (stride < 2 || cells.Length % stride != 0) Fault.Invalid($"a CTR table of {cells.Length} values has rows of {stride}");
        bool isMean = key.Type is CtrType.BinarizedTargetMeanValue or CtrType.FloatTargetMeanValue;
        // The mark of a free slot is written like a row.
        int[] rows = [.. Enumerable.Range(0, cells.Length / stride).Where(row => Hash(cells[row * stride]) != CtrBucket.Empty)];
        return new CtrTable
        {
            Key = key,
            Buckets = Buckets([.. rows.Select(row => Hash(cells[row * stride]))]),
            Cells = [.. rows.SelectMany(row => cells[((row * stride) + 1)..((row + 1) * stride)]
                .Select((cell, place) => isMean && place == 0 ? BitConverter.SingleToInt32Bits((float)cell.GetDouble()) : cell.GetInt32()))],
            CounterDenominator = table.GetProperty("counter_denominator").GetInt32(),
            TargetClassCount = key.Type is CtrType.Borders or CtrType.Buckets ? stride - 1 : 0,
        };
    }

    private static ulong Hash(JsonElement text) => ulong.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    /// <summary>Of twice as many slots as there are hashes, so that one is free.</summary>
    private static ImmutableArray<CtrBucket> Buckets(ulong[] hashes)
    {
        var buckets = new CtrBucket[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * hashes.Length))];
        Array.Fill(buckets, new CtrBucket(CtrBucket.Empty, 0));
        ulong mask = (ulong)buckets.Length - 1;
        for (int row = 0; row < hashes.Length; row++)
        {
            ulong slot = hashes[row] & mask;
            while (buckets[slot].Hash != CtrBucket.Empty) slot = (slot + 1) & mask;
            buckets[slot] = new CtrBucket(hashes[row], (uint)row);
        }

        return [.. buckets];
    }
}
