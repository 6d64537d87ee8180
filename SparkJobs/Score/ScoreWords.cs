using BatchScoring.Models;

namespace BatchScoring.SparkJobs.Score;

/// <summary>Says in words what the score columns of a model hold.</summary>
internal static class ScoreWords
{
    public static ScoreDetails Of(IModel model)
    {
        Prediction scores = model.Scores();
        ModelDescription described = model.Describe();
        (string formula, string meaning) = Words(model, scores, described);
        return new ScoreDetails
        {
            Meaning = meaning,
            Formula = formula,
            Classes = scores is { IsProbability: true, Columns.Length: > 1 } && described.Labels?.Texts is { } texts
                && texts.Length == scores.Columns.Length ? [.. texts] : null,
            Loss = described.Loss,
            Trained = described.TrainedAt,
        };
    }

    private static (string Formula, string Meaning) Words(IModel model, Prediction scores, ModelDescription described)
    {
        string of = described.Loss is { } loss ? $"of a model with loss {loss}" : "of a model whose file names no loss";
        int columns = scores.Columns.Length;
        if (scores.IsProbability && columns > 1)
            return ("probability", $"Higher = more likely: one probability per {(described.Labels is null ? "output" : "class")} " +
                $"(score_0, score_1, …) {of}.");
        if (scores.IsProbability)
        {
            string positive = described.Labels is { } labels ? $"class {labels.Texts[labels.Places[1]]}" : "the positive class";
            return ("1/(1+exp(-raw))",
                $"Higher = more likely: the score is the probability of {positive} {of}. Where that is the bad outcome, higher = riskier.");
        }

        if (columns > 1) return ("raw",
            $"Higher = more: one predicted value per target (score_0, score_1, …), the raw values {of}. They are no probabilities.");
        // What is done with the raw value, asked of the one who does it.
        double[] score = new double[1];
        scores.Compute([.. Enumerable.Repeat(1.0, model.OutputCount)], 1, score);
        if (score[0] != 1) return ("exp(raw)",
            $"Higher = more: the score is the expected value, exp(raw), {of}, which predicts a logarithm. It is no probability.");
        return model.OutputCount > 1
            ? ("raw", $"Higher = more: the score is the predicted mean {of}; its variance is in the raw columns. It is no probability.")
            : ("raw", $"Higher = more: the score is the predicted value, the raw value {of}. It is no probability.");
    }
}
