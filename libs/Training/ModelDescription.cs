using System.Globalization;
using System.Text.Json.Nodes;

namespace BatchScoring.Training;

/// <summary>What a model says of itself: how it was trained, and what its classes are called.</summary>
internal static class ModelDescription
{
    public static Dictionary<string, string> Of(TrainingParameters parameters)
    {
        Loss loss = parameters.Loss;
        JsonObject numbers = [];
        // Texts, as CatBoost has them.
        foreach ((string name, double number) in loss.Numbers) numbers[name] = number.ToString("R", CultureInfo.InvariantCulture);
        JsonObject flat = (JsonObject?)parameters.Given?.DeepClone() ?? new JsonObject { ["loss_function"] = loss.ToString() };
        Dictionary<string, string> said = new(StringComparer.Ordinal)
        {
            ["params"] = new JsonObject
            {
                ["loss_function"] = new JsonObject { ["type"] = loss.Function.ToString(), ["params"] = numbers },
                ["flat_params"] = flat,
                ["loss_blocks"] = parameters.LossBlocks,
            }.ToJsonString(),
        };
        if (parameters.Classes is { } classes) said["class_params"] = classes.ToJson();
        return said;
    }
}
