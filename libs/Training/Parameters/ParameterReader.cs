using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Training;

/// <summary>Reads parameters by name.</summary>
internal static class ParameterReader
{
    private static readonly Dictionary<string, Func<FitParameters, ParameterValue, FitParameters>> Readers = new(
        [
            .. TreeParameters.All.Concat(SamplingParameters.All).Concat(CtrParameters.All).Concat(RunParameters.All).Select(OfTraining),
            .. ColumnParameters.All, .. ClassParameters.All,
        ],
        StringComparer.Ordinal);

    public static FitParameters Read(JsonObject given)
    {
        using var document = JsonDocument.Parse(given.ToJsonString());
        Dictionary<string, ParameterValue> values = new(StringComparer.Ordinal);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            // As Python's None: not given.
            if (property.Value.ValueKind == JsonValueKind.Null) continue;
            string[] names = ParameterNames.Aliases.FirstOrDefault(names => names.Contains(property.Name, StringComparer.Ordinal))
                ?? [property.Name];
            if (!values.TryAdd(names[0], new ParameterValue(property.Name, property.Value.Clone())))
                throw Twice(values[names[0]].Name, property.Name, names);
        }

        FitParameters read = new() { Given = (JsonObject)given.DeepClone() };
        foreach ((string name, ParameterValue value) in values)
        {
            if (Readers.TryGetValue(name, out Func<FitParameters, ParameterValue, FitParameters>? reader)) read = reader(read, value);
            else if (!ParameterNames.WithoutEffect.Contains(name, StringComparer.Ordinal)) throw Unknown(value);
        }

        ParameterRules.Check(read, values);
        return read;
    }

    private static KeyValuePair<string, Func<FitParameters, ParameterValue, FitParameters>> OfTraining(
        KeyValuePair<string, Func<TrainingParameters, ParameterValue, TrainingParameters>> one) =>
        new(one.Key, (all, value) => all with { Training = one.Value(all.Training, value) });

    private static TrainingException Twice(string first, string second, string[] names) => new(TrainingFault.Parameter,
        $"{first} and {second} are two names of one parameter ({string.Join(", ", names)}), and both are given. Leave one of them out.");

    private static TrainingException Unknown(ParameterValue value)
    {
        if (ParameterNames.Elsewhere.Contains(value.Name, StringComparer.Ordinal)) return value.Unsupported($"is {value.Shown}");
        if (ParameterNames.Options.Contains(value.Name, StringComparer.Ordinal)) return new TrainingException(TrainingFault.Parameter,
            $"{value.Name} is none of the parameters of a model here: it is said where the rows are named.");
        return new TrainingException(TrainingFault.Parameter, $"There is no parameter {value.Name}.")
        {
            Word = value.Name,
            Known = [.. Readers.Keys, .. ParameterNames.Aliases.SelectMany(names => names), .. ParameterNames.WithoutEffect],
        };
    }
}
