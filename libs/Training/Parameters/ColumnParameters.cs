using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Training;

/// <summary>What is said of single columns, and how they are cut into bins.</summary>
internal static class ColumnParameters
{
    private const int MostBorders = 65_535;

    public static readonly Dictionary<string, Func<FitParameters, ParameterValue, FitParameters>> All = new(StringComparer.Ordinal)
    {
        ["border_count"] = (all, value) => Cut(all, cut => cut with { BorderCount = value.Whole(1, MostBorders) }),
        ["feature_border_type"] = (all, value) => Cut(all, cut => cut with { BorderType = value.Choice<BorderType>() }),
        ["nan_mode"] = (all, value) => value.OneOf([nameof(NanMode.Min), nameof(NanMode.Max), "Forbidden"]) is "Forbidden"
            ? all with { ForbidsMissing = true } : Cut(all, cut => cut with { NanMode = value.Choice<NanMode>() }),
        ["ignored_features"] = (all, value) => all with { IgnoredFeatures = value.Items() },
        ["per_float_feature_quantization"] = (all, value) => all with { ColumnRules = value.Texts() },
    };

    /// <summary>The names of columns that are named or numbered; a number beyond the last is nobody's, as in CatBoost.</summary>
    public static IReadOnlyCollection<string> Ignored(IReadOnlyList<JsonElement> items, IReadOnlyList<string> columns)
    {
        List<string> names = [];
        foreach (JsonElement item in items)
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int number) && number >= 0)
            {
                if (number < columns.Count) names.Add(columns[number]);
            }
            else if (item.ValueKind == JsonValueKind.String && columns.Contains(item.GetString()!, StringComparer.Ordinal))
            {
                names.Add(item.GetString()!);
            }
            else
            {
                throw new TrainingException(TrainingFault.Parameter, $"ignored_features names {item.GetRawText()}, and the table has no such column.")
                {
                    Word = item.ToString(),
                    Known = columns,
                };
            }
        }

        return names;
    }

    /// <summary>Rules such as <c>0:border_count=1024,nan_mode=Max</c>, the column by its number or name.</summary>
    public static Dictionary<string, ColumnQuantisation> Quantisations(
        IReadOnlyList<string> rules, ColumnQuantisation usual, IReadOnlyList<string> columns)
    {
        Dictionary<string, ColumnQuantisation> read = new(StringComparer.Ordinal);
        foreach (string rule in rules)
        {
            int colon = rule.LastIndexOf(':');
            string name = colon < 0 ? "" : rule[..colon];
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                // CatBoost says nothing of columns that are not there.
                if (number >= columns.Count) continue;
                name = columns[number];
            }
            else if (!columns.Contains(name, StringComparer.Ordinal))
            {
                throw Wrong(rule, $"it must begin with a column's number or name and a colon, and '{name}' is none");
            }

            if (!read.TryAdd(name, rule[(colon + 1)..].Split(',').Aggregate(usual, (own, pair) => Set(own, pair, rule))))
                throw Wrong(rule, $"the column {name} has a rule already");
        }

        return read;
    }

    private static ColumnQuantisation Set(ColumnQuantisation own, string pair, string rule)
    {
        string[] halves = pair.Split('=');
        return halves switch
        {
            ["border_count", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count is >= 1 and <= MostBorders => own with { BorderCount = count },
            ["border_type", var text] when Enum.GetNames<BorderType>().Contains(text, StringComparer.Ordinal) =>
                own with { BorderType = Enum.Parse<BorderType>(text) },
            ["nan_mode", var text] when Enum.GetNames<NanMode>().Contains(text, StringComparer.Ordinal) =>
                own with { NanMode = Enum.Parse<NanMode>(text) },
            _ => throw Wrong(rule, $"'{pair}' is none of border_count=N (1 to {MostBorders}), border_type=TYPE "
                + $"({string.Join(", ", Enum.GetNames<BorderType>())}), nan_mode=MODE ({string.Join(", ", Enum.GetNames<NanMode>())})"),
        };
    }

    private static FitParameters Cut(FitParameters all, Func<ColumnQuantisation, ColumnQuantisation> set) =>
        all with { Training = all.Training with { Quantisation = set(all.Training.Quantisation) } };

    private static TrainingException Wrong(string rule, string why) => new(TrainingFault.Parameter,
        $"per_float_feature_quantization holds \"{rule}\": {why}.");
}
