#:package BatchScoring.Training@0.1.0-*
#:property PublishAot=false
// Trains a model with the package BatchScoring.Training: dotnet run train-model.cs, where a NuGet source has the package (scripts/pack makes
// one).
using BatchScoring.Models;
using BatchScoring.Training;

LearnTable Rows(Range rows) => new(
    [
        new NumericColumn("income", Customers.Income[rows]), new NumericColumn("age", Customers.Age[rows]),
        new CategoryColumn("city", Customers.City[rows]),
    ],
    Customers.IsLate[rows]);

TrainingResult result = CatBoostTrainer.Train(
    Rows(..1500),
    new TrainingParameters { Iterations = 300, LearningRate = 0.1f, EvalMetric = "AUC", OdWait = 20 },
    new TrainingRun { EvalSets = [Rows(1500..)], Progress = now => Console.Error.WriteLine($"{now.Iteration}: {now.Remaining}") });

File.WriteAllBytes("model.cbm", result.Model.ToCbm()); // CatBoost loads it, too
double late = result.Model.CreatePredictor(PredictionType.RawFormulaVal).Predict([1500, 25], ["Bern"]);

Console.WriteLine($"{result.Best!.Iteration} {result.Best.Value:R} {late:R}");

/// <summary>Made up: a column is an array with a value per row; NaN is missing.</summary>
internal static class Customers
{
    private static readonly int[] _rows = [.. Enumerable.Range(0, 2000)];

    public static float[] Income { get; } = [.. _rows.Select(row => row % 11 == 0 ? float.NaN : 1000 + (row * 7919 % 4000))];

    public static float[] Age { get; } = [.. _rows.Select(row => 18f + (row * 31 % 60))];

    public static string[] City { get; } = [.. _rows.Select(row => new[] { "Bern", "Genève", "Zürich" }[row * 13 % 17 % 3])];

    public static float[] IsLate { get; } =
        [.. _rows.Select(row => Income[row] < 2000 || (City[row] == "Bern" && Age[row] < 30) ? 1f : 0f)];
}
