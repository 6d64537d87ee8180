namespace BatchScoring.Training.Metrics;

/// <summary>A metric as it is written: <c>F:beta=0.5;use_weights=false</c>.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Settings">In the order given, texts as given.</param>
internal sealed record MetricText(string Name, IReadOnlyList<(string Name, string Value)> Settings)
{
    private const string UseWeights = "use_weights", Hints = "hints", SkipTrain = "skip_train~";

    /// <summary>Those that CatBoost writes after what it says of weights.</summary>
    private static readonly string[] LateSettings = ["Quantile", "F", "Precision", "Recall", "F1"];

    public bool? UsesWeights => this[UseWeights] switch
    {
        null => null,
        "true" => true,
        "false" => false,
        { } other => throw MetricErrors.Setting(this, UseWeights, other, "true or false"),
    };

    /// <summary>Whether it is to be measured on the rows that are learned from; null: it is not said.</summary>
    public bool? IsMeasuredOnLearn => this[Hints] switch
    {
        null => null,
        SkipTrain + "false" => true,
        SkipTrain + "true" => false,
        { } other => throw MetricErrors.Setting(this, Hints, other, "skip_train~false or skip_train~true"),
    };

    private string? this[string setting] => Settings.Where(one => one.Name == setting).Select(one => one.Value).FirstOrDefault();

    public static MetricText Parse(string text)
    {
        string[] halves = text.Split(':', 2);
        List<(string Name, string Value)> settings = [];
        foreach (string pair in halves.Length == 2 ? halves[1].Split(';') : [])
        {
            string[] words = pair.Split('=');
            if (words.Length != 2 || settings.Any(one => one.Name == words[0])) throw MetricErrors.Form(text, pair);
            settings.Add((words[0], words[1]));
        }

        return new MetricText(halves[0], settings);
    }

    /// <summary>A setting that is a number.</summary>
    public double Number(string setting, double? usual = null)
    {
        if (this[setting] is not { } text) return usual ?? throw MetricErrors.Setting(this, setting, "nothing", "a number");
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out double number)
            ? number : throw MetricErrors.Setting(this, setting, text, "a number");
    }

    /// <summary>A setting that is a word.</summary>
    public string? Word(string setting) => this[setting];

    /// <summary>Whether it says nothing but what is known.</summary>
    public void Check(params string[] known)
    {
        foreach ((string name, _) in Settings)
            if (name is not (UseWeights or Hints) && !known.Contains(name, StringComparer.Ordinal))
                throw MetricErrors.UnknownSetting(this, name, known);
    }

    /// <summary>As CatBoost writes it in its logs.</summary>
    /// <param name="usesWeights">What is said of weights; null: nothing.</param>
    /// <param name="settings">Other than its own settings.</param>
    public string Logged(bool? usesWeights, params (string Name, string Value)[] settings)
    {
        (string Name, string Value)[] own = settings.Length > 0 ? settings
            : [.. Settings.Where(one => one.Name is not (UseWeights or Hints))];
        (string Name, string Value)[] weights = usesWeights is { } uses ? [(UseWeights, uses ? "true" : "false")] : [];
        IEnumerable<(string Name, string Value)> all = LateSettings.Contains(Name, StringComparer.Ordinal) ? weights.Concat(own)
            : usesWeights is null ? own : own.Concat(weights).OrderBy(one => one.Name, StringComparer.Ordinal);
        string text = string.Join(';', all.Select(one => $"{one.Name}={one.Value}"));
        return text.Length == 0 ? Name : $"{Name}:{text}";
    }

    public override string ToString() => Logged(usesWeights: null);
}
