using System.Globalization;
using BatchScoring.Reporting;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>An evaluation for a terminal. Figures that others compare are printed so that they read back to the same bits.</summary>
internal static class EvaluationText
{
    public static IReadOnlyList<string> Lines(EvaluationRecord e, string title) =>
    [
        title,
        Line("rows", $"{e.Rows:N0} with an outcome ({e.Label}), {e.Bads:N0} bad ({100.0 * e.Bads / e.Rows:0.00} %), " +
            $"{e.RowsWithoutOutcome:N0} without"),
        Line("AUC", $"= {e.Auc:R}"),
        Line("Gini", $"= {e.Gini:R}"),
        Line("KS", $"= {e.Ks.Value:R} at score {e.Ks.Score:R}"),
        Line("Logloss", $"= {e.Logloss:R}"),
        Line("Brier", $"= {e.Brier:R}"),
        Line("leak", (e.Leak.Proven ? "" : "not proven: ") + e.Leak.Text),
        .. Evaluation.Cautions(e.Auc, e.Bads, e.Rows - e.Bads, e.Label).Select(caution => Line("mind", caution)),
    ];

    private static string Line(string name, FormattableString value) => Line(name, value.ToString(CultureInfo.InvariantCulture));

    private static string Line(string name, string value) => $"  {name} {value}";
}
