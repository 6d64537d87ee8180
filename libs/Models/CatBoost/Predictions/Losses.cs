namespace BatchScoring.Models.CatBoost.Predictions;

/// <summary>What a model's loss says about its outputs.</summary>
internal static class Losses
{
    /// <summary>The name of the loss; null if the model does not tell.</summary>
    public static string? Of(IReadOnlyDictionary<string, string> info)
    {
        if (ModelJson.Text(info, "params") is { } parameters
            && ModelJson.FindText("params", parameters, "loss_function", "type") is { } loss) return loss;
        return ModelJson.Text(info, "loss_function") is { } text ? ModelJson.FindText("loss_function", text, "type") : null;
    }

    public static bool IsClassification(string loss) =>
        loss is "Logloss" or "CrossEntropy" or "Focal" or "MultiClass" or "MultiClassOneVsAll" || IsMultiLabel(loss);

    /// <summary>Rows may have several labels: every output is a classifier of its own.</summary>
    public static bool IsMultiLabel(string? loss) => loss is "MultiLogloss" or "MultiCrossEntropy";

    /// <summary>Probabilities of the outputs do not share a sum.</summary>
    public static bool HasSeparateOutputs(string? loss) => loss is "MultiClassOneVsAll" || IsMultiLabel(loss);

    /// <summary>The raw value is a logarithm of what the user asks for.</summary>
    public static bool IsLogarithmic(string? loss) => loss is "Poisson" or "Tweedie";
}
