using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchScoring.Training.Logs;

/// <summary>What stands in the logs of a training.</summary>
/// <param name="Learn">Metrics of the rows that are learned from, the eval metric first.</param>
/// <param name="Test">Metrics of every eval set.</param>
/// <param name="EvalSets">How many there are.</param>
internal sealed record LoggedMetrics((string Name, bool IsLargerBetter)[] Learn, (string Name, bool IsLargerBetter)[] Test, int EvalSets)
{
    /// <summary>Set after set; those of all but the last have its number in their names.</summary>
    public string[] TestColumns => [.. Enumerable.Range(0, EvalSets).SelectMany(set => Test.Select(metric =>
        set == EvalSets - 1 ? metric.Name : string.Create(CultureInfo.InvariantCulture, $"{metric.Name}:{set}")))];

    public static string NameOf(int set) => set == 0 ? "test" : string.Create(CultureInfo.InvariantCulture, $"test{set}");

    /// <summary>What the JSON log says of the whole training.</summary>
    public string Meta(string name, int iterations)
    {
        string sets = string.Join(',', Enumerable.Range(0, EvalSets).Select(set => $"\"{NameOf(set)}\""));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"test_sets":[{{sets}}],"test_metrics":[{{List(Test)}}],"learn_metrics":[{{List(Learn)}}],"launch_mode":"Train","parameters":"","iteration_count":{{iterations}},"learn_sets":["learn"],"name":{{Text(name)}}}
            """);
    }

    private static string List((string Name, bool IsLargerBetter)[] metrics) => string.Join(',', metrics.Select(metric =>
        $$"""{"best_value":"{{(metric.IsLargerBetter ? "Max" : "Min")}}","name":{{Text(metric.Name)}}}"""));

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
