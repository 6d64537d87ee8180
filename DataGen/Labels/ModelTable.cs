using BatchScoring.DataGen.Columns;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Labels;

/// <summary>
/// The hidden model's description of the table it reads: all features, as CatBoost lists them, and the splits on some of them.
/// </summary>
internal static class ModelTable
{
    private const string Parameters =
        """{"loss_function":{"type":"Logloss","params":{}},"flat_params":{"loss_function":"Logloss"}}""";

    private const string Classes =
        """{"class_label_type":"Integer","class_names":[0,1],"class_to_label":[0,1],"classes_count":0}""";

    public static CatBoostModelParts Describe(TableSchema schema, UsedColumn[] used)
    {
        Dictionary<int, UsedColumn> byPosition = used.ToDictionary(column => column.Column.Position);
        FeatureColumn[] numeric = [.. schema.Features.Where(column => !column.IsCategory)];
        FeatureColumn[] categorical = [.. schema.Features.Where(column => column.IsCategory)];
        return new CatBoostModelParts
        {
            FloatFeatures = [.. numeric.Select((column, index) => new FloatFeature
            {
                Index = index,
                FlatIndex = column.Position,
                Id = column.Name,
                Borders = byPosition.TryGetValue(column.Position, out UsedColumn? read) ? [.. read.Borders] : [],
                HasNans = read is not null && column.MissingGroup >= 0,
                NanTreatment = read is not null && column.MissingGroup >= 0 ? NanTreatment.AsFalse : NanTreatment.AsIs,
            })],
            CategoricalFeatures = [.. categorical.Select((column, index) => new CategoricalFeature
            {
                Index = index,
                FlatIndex = column.Position,
                Id = column.Name,
                IsUsed = byPosition.ContainsKey(column.Position),
            })],
            OneHotFeatures = [.. used.Where(column => column.Column.IsCategory).Select(column => new OneHotFeature
            {
                Feature = Array.IndexOf(categorical, column.Column),
                Values = [.. column.Values],
            })],
            Info = new Dictionary<string, string>(StringComparer.Ordinal) { ["class_params"] = Classes, ["params"] = Parameters },
        };
    }
}
