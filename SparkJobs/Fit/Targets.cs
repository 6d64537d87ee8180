using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Labels as the trainer wants them.</summary>
internal static class Targets
{
    /// <summary>Classes by their outputs, numbers as they are or by a border; and what the model will say of them.</summary>
    public static (TrainingParameters Training, float[][] Labels) Of(
        RowFacts facts, FitParameters parameters, TrainingParameters training, IReadOnlyList<string> columns)
    {
        LossFunction loss = training.Loss.Function;
        ClassRules rules = parameters.Classes;
        if (facts.Found.Count > 0)
        {
            var classes = LabelledClasses.Of(facts.Found, rules, loss, out int[] outputs);
            float[] labels = Array.ConvertAll(facts.Classes, place => (float)outputs[place]);
            return (training with { Classes = classes, ClassWeights = classes.WeightsOf(rules) }, [labels]);
        }

        float[][] numbers = facts.Numbers;
        if (rules.TargetBorder is { } border) numbers = [Array.ConvertAll(numbers[0], number => number > border ? 1f : 0f)];
        for (int label = 0; label < numbers.Length; label++) Check(numbers[label], columns[label], rules, loss);
        training = training with { ClassWeights = rules.Weights.Count > 0 ? rules.Weights : null };
        return (loss is LossFunction.Logloss or LossFunction.CrossEntropy or LossFunction.Focal
            ? training with { Classes = LabelledClasses.OfNumbers } : training, numbers);
    }

    /// <summary>Those of rows that are measured on, as the learned ones are.</summary>
    public static float[][] OfEval(RowFacts facts, ClassRules rules, LabelledClasses? classes)
    {
        if (facts.Found.Count > 0)
        {
            float[] outputs = [.. facts.Found.Select(label => (float)classes!.OutputOf(label))];
            return [Array.ConvertAll(facts.Classes, place => outputs[place])];
        }

        return rules.TargetBorder is { } border ? [Array.ConvertAll(facts.Numbers[0], number => number > border ? 1f : 0f)] : facts.Numbers;
    }

    private static void Check(float[] labels, string column, ClassRules rules, LossFunction loss)
    {
        if (loss is LossFunction.CrossEntropy or LossFunction.MultiCrossEntropy && Array.Find(labels, label => label is < 0 or > 1) is not 0 and var beyond)
            throw Wrong(FormattableString.Invariant($"The label column '{column}' holds {beyond}; the loss {loss} wants probabilities from 0 to 1."));
        if (loss == LossFunction.MultiLogloss && Array.Find(labels, label => label is not (0 or 1)) is not 0 and var other)
            throw Wrong(FormattableString.Invariant($"The label column '{column}' holds {other}; the loss {loss} wants 0 and 1."));
        if (!rules.AllowsOneValue && Array.TrueForAll(labels, label => label == labels[0])) throw Wrong(FormattableString.Invariant(
            $"All labels in the column '{column}' are {labels[0]}{(rules.TargetBorder is null ? "" : " by target_border")}; there is nothing to learn."));
    }

    private static TrainingException Wrong(string text) => new(TrainingFault.Labels, text);
}
