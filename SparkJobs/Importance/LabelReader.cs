using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Importance;

/// <summary>A label's text as a model's loss takes it: a number, or the number of its class's output.</summary>
internal sealed class LabelReader
{
    private readonly string _column;
    private readonly ClassLabels? _classes;

    /// <param name="model">Says what the classes are called.</param>
    /// <param name="column">What messages call the labels.</param>
    public LabelReader(CatBoostModel model, string column)
    {
        _column = column;
        // Labels of CrossEntropy are probabilities, whatever the model calls its classes.
        _classes = model.Loss is "Logloss" or "MultiClass" or "MultiClassOneVsAll" ? model.Describe().Labels : null;
    }

    /// <param name="block">Its keys are the labels.</param>
    /// <param name="before">Rows before the block, for messages.</param>
    public float[] Read(ScoredBlock block, long before)
    {
        float[] labels = new float[block.Rows];
        for (int row = 0; row < labels.Length; row++)
            labels[row] = Label(Encoding.UTF8.GetString(block.Key!.Text(row)), before + row);
        return labels;
    }

    private float Label(string text, long row)
    {
        double? number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) && double.IsFinite(parsed)
            ? parsed : null;
        if (_classes is null) return number is { } value ? (float)value : throw Unknown(text, row, "a number");
        // A table may write 1 as 1.0, or true as 1.
        for (int output = 0; output < _classes.Places.Length; output++)
        {
            string name = _classes.Texts[_classes.Places[output]];
            if (name == text || string.Equals(name, text, StringComparison.OrdinalIgnoreCase) && _classes.Type == ClassLabelType.Boolean
                || (_classes.Type != ClassLabelType.String && number is not null && Number(name) == number)) return output;
        }

        throw Unknown(text, row, $"one of {string.Join(", ", _classes.Places.Select(place => _classes.Texts[place]))}");
    }

    private static double? Number(string name) => name switch
    {
        "true" => 1,
        "false" => 0,
        _ => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
    };

    private BatchScoringException Unknown(string text, long row, string allowed)
    {
        string found = text.Length == 0 ? "missing" : $"'{ShownText.Of(text)}'";
        return new BatchScoringException(JobErrors.LabelUnknown, FormattableString.Invariant(
            $"The label '{_column}' of data row {row + 1} is {found}; the model takes {allowed}. Correct it, or leave such rows out."));
    }
}
