using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Runs;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Score;

/// <summary>
/// Holds the input's columns against the model's features, and names everything that is wrong in one message. A model without names takes
/// its columns by their places; the key does not count.
/// </summary>
internal static class SchemaCheck
{
    private static readonly string[] Integers =
        ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"];

    public static void Require(PlannedInput input, IModel model, string key, IReadOnlyList<string> passThrough, string folder)
    {
        var types = input.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        Dictionary<ModelInput, string> bound = Bind(input, model, key);
        if (bound.Values.Append(key).Concat(passThrough).FirstOrDefault(input.Contradicted.Contains) is { } twice)
            throw InputErrors.PathColumn(folder, twice);
        string[] features = model.HasFeatureNames
            ? [.. model.Inputs.Where(feature => !bound.ContainsKey(feature)).Select(feature => feature.Name)] : [];
        string[] missing = [.. features.Prepend(key).Where(name => !types.ContainsKey(name)).Distinct(StringComparer.Ordinal)];
        string[] unheld = [.. passThrough.Where(name => !types.ContainsKey(name))];
        string[] wrong = [.. model.Inputs.Where(feature => bound.TryGetValue(feature, out string? name) && !Fits(feature.Kind, types[name]))
            .Select(feature => $"{bound[feature]} is {types[bound[feature]]}, the model needs {Needs(feature.Kind)}")];
        var problems = new List<string>();
        if (missing.Length > 0) problems.Add($"missing: {string.Join(", ", missing.Select(name => name + Hint(name, types.Keys)))}");
        if (unheld.Length > 0) problems.Add(
            $"not there to be handed on by --pass: {string.Join(", ", unheld.Select(name => name + Hint(name, types.Keys)))}");
        if (!model.HasFeatureNames && bound.Count < model.Inputs.Length)
        {
            problems.Add($"there are {types.Keys.Count(name => name != key)} beside the key; the model has no names, takes its columns " +
                "by position and needs " +
                $"{model.Inputs.Max(feature => feature.Position) + 1}");
        }

        if (wrong.Length > 0) problems.Add($"of another type: {string.Join("; ", wrong)}");
        if (problems.Count == 0) return;
        throw new BatchScoringException(JobErrors.SchemaMismatch,
            $"The columns of {folder} do not fit the model ({missing.Length} missing, {wrong.Length} of another type). " +
            $"{string.Join(". ", problems)}.");
    }

    /// <returns>The column of every feature that has one.</returns>
    private static Dictionary<ModelInput, string> Bind(PlannedInput input, IModel model, string key)
    {
        // A model with names may use the key as a feature; one without never counts it.
        string[] columns = [.. input.Columns.Select(column => column.Name).Where(name => model.HasFeatureNames || name != key)];
        int[] places = InputColumns.Find(model.Inputs, !model.HasFeatureNames, columns);
        return model.Inputs.Zip(places).Where(pair => pair.Second >= 0).ToDictionary(pair => pair.First, pair => columns[pair.Second]);
    }

    /// <summary>Text may hold numbers or categories, whole decimal numbers are integers. A floating-point column is no category: nobody
    /// knows whether 1 means 1 or 1.0.</summary>
    private static bool Fits(ModelInputKind kind, string type) =>
        type is "VARCHAR" or "BLOB" or "BOOLEAN" || Integers.Contains(type, StringComparer.Ordinal)
            || type.StartsWith("DECIMAL", StringComparison.Ordinal) ||
        (kind == ModelInputKind.Numeric && type is ("FLOAT" or "DOUBLE"));

    private static string Needs(ModelInputKind kind) => kind == ModelInputKind.Numeric ? "a number" : "text or an integer";

    /// <summary>The column it was probably renamed to: the same letters in another case or with other punctuation.</summary>
    private static string Hint(string name, IEnumerable<string> present)
    {
        string? renamed = present.FirstOrDefault(other => string.Equals(Letters(other), Letters(name), StringComparison.OrdinalIgnoreCase));
        return renamed is null ? "" : $" (renamed to {renamed}?)";
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
