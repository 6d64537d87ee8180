using System.Globalization;
using System.Text;
using BatchScoring.DuckDb;
using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>Class labels as they are written: whole numbers and fractions as numbers, everything else as text.</summary>
internal sealed class WrittenLabels
{
    public WrittenLabels(ClassLabels labels)
    {
        // CatBoost predicts booleans as Python spells them.
        string[] texts = [.. labels.Texts.Select(text =>
            labels.Type != ClassLabelType.Boolean ? text : text is "true" or "1" ? "True" : "False")];
        Utf8 = [.. texts.Select(Encoding.UTF8.GetBytes)];
        if (labels.Type == ClassLabelType.Integer && texts.All(text => long.TryParse(text, CultureInfo.InvariantCulture, out _)))
            (Type, Integers) = (DuckType.BigInt, [.. texts.Select(text => long.Parse(text, CultureInfo.InvariantCulture))]);
        else if (labels.Type == ClassLabelType.Float && texts.All(text => double.TryParse(text, CultureInfo.InvariantCulture, out _)))
            (Type, Doubles) = (DuckType.Double, [.. texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture))]);
        else Type = DuckType.Varchar;
    }

    public DuckType Type { get; }

    public IReadOnlyList<byte[]> Utf8 { get; }

    public IReadOnlyList<long> Integers { get; } = [];

    public IReadOnlyList<double> Doubles { get; } = [];
}
