using System.Globalization;
using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>Numbers that are made of categories, as CatBoost writes them: <c>Borders:TargetBorderCount=3:Prior=0.5</c>.</summary>
/// <param name="Type">Of which counts: Borders, Buckets, BinarizedTargetMeanValue or Counter.</param>
/// <param name="Priors">One number for each; empty: 0, 0.5 and 1, of Counter 0.</param>
/// <param name="BorderCount">Steps of each number, less one; 1 to 255.</param>
/// <param name="TargetBorderCount">Into how many classes the label is cut, less one; null: as <see cref="TrainingParameters.CtrTargetBorderCount"/>.</param>
public sealed record CtrDefinition(CtrType Type, IReadOnlyList<float> Priors, int BorderCount = 15, int? TargetBorderCount = null)
{
    private const int MaxBorders = 255;

    /// <summary>CatBoost's own, for single categories and combinations alike.</summary>
    internal static CtrDefinition[] Usual { get; } = [new(CtrType.Borders, []), new(CtrType.Counter, [])];

    internal IEnumerable<float> OwnPriors => Priors.Count > 0 ? Priors : Type == CtrType.Counter ? [0] : [0, 0.5f, 1];

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">It is none, or none that can be trained.</exception>
    public static CtrDefinition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (!Enum.TryParse(parts[0], out CtrType type) || type is CtrType.FloatTargetMeanValue or CtrType.FeatureFreq || !char.IsLetter(text[0]))
            throw new FormatException($"'{parts[0]}' of '{text}' is no number made of categories that can be trained here. "
                + "There are: Borders, Buckets, BinarizedTargetMeanValue, Counter.");
        CtrDefinition definition = new(type, []);
        foreach (string[] pair in parts.Skip(1).Select(part => part.Split('=', 2)))
        {
            string value = pair.Length == 2 ? pair[1] : "";
            definition = pair[0] switch
            {
                "Prior" => definition with { Priors = [.. definition.Priors, Prior(value, text)] },
                "CtrBorderCount" => definition with { BorderCount = Count(value, text) },
                "TargetBorderCount" when type != CtrType.Counter => definition with { TargetBorderCount = Count(value, text) },
                "CtrBorderType" when value == "Uniform" => definition,
                "TargetBorderType" when value == "MinEntropy" && type != CtrType.Counter => definition,
                _ => throw new FormatException($"'{string.Join('=', pair)}' of '{text}' is not known. There are: Prior=NUMBER (again for "
                    + "more), CtrBorderCount=NUMBER, CtrBorderType=Uniform; except of Counter also TargetBorderCount=NUMBER, "
                    + "TargetBorderType=MinEntropy."),
            };
        }

        return definition;
    }

    private static float Prior(string value, string text)
    {
        string[] halves = value.Split('/');
        return halves.Length <= 2 && halves.Skip(1).All(half => half == "1")
            && float.TryParse(halves[0], NumberStyles.Float, CultureInfo.InvariantCulture, out float prior) && float.IsFinite(prior)
            ? prior
            : throw new FormatException($"'Prior={value}' of '{text}' is not NUMBER or NUMBER/1.");
    }

    private static int Count(string value, string text) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MaxBorders
            ? count
            : throw new FormatException($"'{value}' of '{text}' is not a whole number from 1 to {MaxBorders}.");
}
