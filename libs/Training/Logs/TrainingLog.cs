using System.Globalization;
using System.Text;

namespace BatchScoring.Training.Logs;

/// <summary>The files in which CatBoost tells of a training, character for character in its form; whole after every iteration.</summary>
internal sealed class TrainingLog : IDisposable
{
    private const string JsonEnd = "\n]}";
    private readonly FileStream _json;
    private readonly StreamWriter _learn, _timeLeft;
    private readonly StreamWriter? _test;
    private readonly LoggedMetrics _metrics;
    private readonly string _folder;
    private bool _hasIterations;

    /// <param name="folder">Made if it is not there; files of an earlier training are written anew.</param>
    /// <param name="name">Of the training.</param>
    /// <param name="iterations">How many there will be at most.</param>
    /// <param name="metrics">What is measured.</param>
    /// <exception cref="TrainingException">The files cannot be written.</exception>
    public static TrainingLog Open(string folder, string name, int iterations, LoggedMetrics metrics) =>
        Writing(folder, () => new TrainingLog(folder, name, iterations, metrics));

    private TrainingLog(string folder, string name, int iterations, LoggedMetrics metrics)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        _metrics = metrics;
        _json = New(folder, "catboost_training.json");
        _learn = Tsv(folder, "learn_error.tsv", [.. metrics.Learn.Select(metric => metric.Name)]);
        _timeLeft = Tsv(folder, "time_left.tsv", ["Passed", "Remaining"]);
        _test = metrics.EvalSets == 0 ? null : Tsv(folder, "test_error.tsv", metrics.TestColumns);
        Write($$"""{{{'\n'}}"meta":{{metrics.Meta(name, iterations)}},{{'\n'}}"iterations":[{{JsonEnd}}""");
    }

    /// <summary>Adds an iteration.</summary>
    /// <exception cref="TrainingException">The files cannot be written.</exception>
    public void Add(TrainingProgress progress) => Writing(_folder, () =>
    {
        Append(progress);
        return this;
    });

    public void Dispose()
    {
        _json.Dispose();
        _learn.Dispose();
        _timeLeft.Dispose();
        _test?.Dispose();
    }

    /// <summary>With ten digits, as C writes them.</summary>
    internal static string Number(double value) => double.IsNaN(value) ? "nan"
        : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("G10", CultureInfo.InvariantCulture).ToLowerInvariant();

    private static TrainingLog Writing(string folder, Func<TrainingLog> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(
                TrainingFault.Files,
                $"The log files in {folder} cannot be written: {e.Message.TrimEnd('.')}. Name another train_dir, or make room there.", e);
        }
    }

    private void Append(TrainingProgress progress)
    {
        Row(_timeLeft, progress.Iteration, [Milliseconds(progress.Passed), Milliseconds(progress.Remaining)]);
        if (!progress.IsPeriod) return;
        string[] learn = Values(progress, set: null, _metrics.Learn);
        Row(_learn, progress.Iteration, learn);
        string[][] tests = [.. Enumerable.Range(0, _metrics.EvalSets).Select(set => Values(progress, set, _metrics.Test))];
        if (_test is not null) Row(_test, progress.Iteration, [.. tests.SelectMany(test => test)]);
        StringBuilder line = new();
        line.Append(_hasIterations ? ",\n" : "\n").Append("{\"learn\":[").AppendJoin(',', learn.Select(Json)).Append("],\"iteration\":")
            .Append(progress.Iteration.ToString(CultureInfo.InvariantCulture))
            .Append(",\"passed_time\":").Append(Number(progress.Passed.TotalSeconds))
            .Append(",\"remaining_time\":").Append(Number(progress.Remaining.TotalSeconds));
        for (int set = tests.Length - 1; set >= 0; set--)
            line.Append(",\"").Append(LoggedMetrics.NameOf(set)).Append("\":[").AppendJoin(',', tests[set].Select(Json)).Append(']');
        _json.Seek(-JsonEnd.Length, SeekOrigin.End);
        Write(line.Append('}').Append(JsonEnd).ToString());
        _hasIterations = true;
    }

    private static string Json(string number) => number is "nan" or "inf" or "-inf" ? $"\"{number}\"" : number;

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private static string[] Values(TrainingProgress progress, int? set, (string Name, bool IsLargerBetter)[] metrics)
    {
        ILookup<string, double> values = progress.Metrics.Where(value => value.EvalSet == set).ToLookup(
            value => value.Metric, value => value.Value, StringComparer.Ordinal);
        return [.. metrics.Select(metric => Number(values[metric.Name].First()))];
    }

    private static StreamWriter Tsv(string folder, string name, string[] columns)
    {
        StreamWriter file = new(New(folder, name)) { NewLine = "\n", AutoFlush = true };
        file.WriteLine(string.Join('\t', ["iter", .. columns]));
        return file;
    }

    /// <summary>Without a buffer: on a full disk it would be written once more when the file is closed, and fail there.</summary>
    private static FileStream New(string folder, string name) =>
        new(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);

    private static void Row(StreamWriter file, int iteration, string[] cells) =>
        file.WriteLine(string.Join('\t', [iteration.ToString(CultureInfo.InvariantCulture), .. cells]));

    private void Write(string text) => _json.Write(Encoding.UTF8.GetBytes(text));
}
