using System.CommandLine;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.Fit;

/// <summary>Options of <c>fit</c> for what surrounds a training: where it starts, what is measured, what is kept.</summary>
internal sealed class FitRunOptions(CommandParameters parameters)
{
    private readonly Option<string?> _evalWhere = parameters.Text("--eval-where", "SQL",
        "A condition: rows of which it is true are measured on and not learned from.");

    private readonly Option<string[]> _evalInput = parameters.Texts("--eval-input", "path",
        "Further rows to measure on, as --input; may be given several times, an eval set each. The last set decides the best iteration.");

    private readonly Option<string[]> _baseline = parameters.Texts("--baseline", "columns",
        "Columns that raw values start from, one per output of the loss.");

    private readonly Option<string?> _initModel = parameters.Text("--init-model", "file",
        "A model to go on from: its trees stand before the new ones, as with CatBoost's init_model from a file.");

    private readonly Option<string?> _trainDir = parameters.Text("--train-dir", "folder",
        "Where CatBoost's log files go: learn_error.tsv, test_error.tsv, time_left.tsv, catboost_training.json.");

    private readonly Option<string?> _snapshot = parameters.Text("--snapshot", "file",
        "Keeps the state of the training; if the file is there, the training goes on from it, to the same model.");

    private readonly Option<double?> _interval = parameters.Number("--snapshot-interval", "seconds",
        "How often the state is written; 600 by default.");

    private readonly Option<double?> _limit = parameters.Number("--time-limit", "seconds",
        "Ends the training then, with the trees so far.");

    public FitOptions Read(ParseResult line, FitOptions options) => options with
    {
        EvalWhere = line.GetValue(_evalWhere),
        EvalInputs = line.GetRequiredValue(_evalInput),
        Baseline = FitCommand.Names(line.GetRequiredValue(_baseline)),
        InitModel = line.GetValue(_initModel),
        TrainDir = line.GetValue(_trainDir),
        Snapshot = line.GetValue(_snapshot),
        SnapshotInterval = line.GetValue(_interval),
        TimeLimit = line.GetValue(_limit),
    };
}
