using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Training;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>A training that CatBoost was asked for, and the model that it made.</summary>
internal sealed class TrainingCase
{
    /// <summary>What cases say that changes no tree, and what this trainer knows.</summary>
    private static readonly string[] Known =
    [
        "allow_writing_files", "auto_class_weights", "bagging_temperature", "best_model_min_trees", "boost_from_average", "boosting_type", "bootstrap_type",
        "border_count", "class_names", "class_weights", "classes_count", "colsample_bylevel", "combinations_ctr", "ctr_leaf_count_limit",
        "counter_calc_method", "custom_metric", "depth", "early_stopping_rounds",
        "eval_metric", "feature_border_type",
        "fold_permutation_block", "has_time", "ignored_features", "iterations",
        "l2_leaf_reg", "leaf_estimation_backtracking", "leaf_estimation_iterations", "leaf_estimation_method", "learning_rate",
        "loss_function", "max_ctr_complexity", "model_shrink_mode", "model_shrink_rate", "model_size_reg", "metric_period", "mvs_reg", "name", "nan_mode",
        "od_pval", "od_type", "od_wait", "one_hot_max_size", "per_float_feature_quantization", "permutation_count", "random_score_type", "random_seed", "random_strength",
            "rsm", "sampling_frequency",
        "scale_pos_weight", "score_function", "simple_ctr", "store_all_simple_ctr", "subsample", "target_border", "use_best_model", "verbose",
    ];

    private readonly JsonElement _case, _params;
    private readonly string _folder;

    /// <param name="kind">The folder in tests/data.</param>
    /// <param name="name">The case.</param>
    public TrainingCase(string kind, string name)
    {
        _folder = Repository.Data(kind, name);
        _case = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "case.json"))).RootElement;
        _params = _case.GetProperty("params");
    }

    /// <summary>The cases of a kind that need nothing that is not done yet.</summary>
    public static IEnumerable<string> Names(string kind) => Directory.GetDirectories(Repository.Data(kind)).Select(folder =>
        Path.GetFileName(folder)!)
        .Where(name => name != "tables" && new TrainingCase(kind, name).IsKnown).Order(StringComparer.Ordinal);

    public bool HasWeightsInSeveralOrders => _case.TryGetProperty("weight", out JsonElement weight) && weight.ValueKind == JsonValueKind.String
        && _case.GetProperty("categorical").GetArrayLength() > 0;

    public CatBoostModel Theirs => CatBoostModel.LoadFile(Path.Combine(_folder, "model.cbm"));

    /// <summary>What CatBoost measured; null where it was not asked.</summary>
    public JsonElement? Curves => File.Exists(Path.Combine(_folder, "curves.json"))
        ? JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "curves.json"))).RootElement : null;

    private bool IsKnown => _params.EnumerateObject().All(parameter => Known.Contains(parameter.Name))
        && Enum.TryParse(Text("loss_function")!.Split(':')[0], out LossFunction _);

    public string Folder => _folder;

    /// <param name="around">What surrounds the training, besides the case's own eval set; null: that alone.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="change">Changes the learned rows.</param>
    /// <param name="set">Changes the parameters.</param>
    public TrainingResult Train(
        TrainingRun? around = null, Func<LearnTable, LearnTable>? change = null, Func<TrainingParameters, TrainingParameters>? set = null,
        CancellationToken cancellation = default)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        (LearnTable table, string[] features) = Read(duck, "learn");
        TrainingRun? run = _case.TryGetProperty("eval", out JsonElement eval) && eval.ValueKind == JsonValueKind.String
            ? (around ?? new TrainingRun()) with { EvalSets = [Read(duck, "eval").Table] } : around;
        if (_case.TryGetProperty("init_model", out JsonElement init) && init.ValueKind == JsonValueKind.String)
            run = (run ?? new TrainingRun()) with { InitModel = CatBoostModel.LoadFile(Path.Combine(_folder, init.GetString()!)) };
        TrainingParameters parameters = Parameters(features);
        return CatBoostTrainer.Train(change?.Invoke(table) ?? table, set?.Invoke(parameters) ?? parameters, run, cancellation);
    }

    public bool IsRegression => Text("loss_function") == "RMSE";

    /// <summary>What CatBoost's model says of <see cref="TestRows"/>.</summary>
    public double[] ExpectedRaw() => [.. File.ReadLines(Path.Combine(_folder, "expected.csv")).Skip(1).Select(line =>
        double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

    /// <summary>The rows that CatBoost's answers are of; they are not learned from.</summary>
    public LearnTable TestRows()
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        return Read(duck, "test").Table;
    }

    private (LearnTable Table, string[] Features) Read(DuckConnection duck, string part)
    {
        string key = _case.GetProperty("key").GetString()!;
        using DuckResult result = duck.Query($"SELECT * FROM {Table()} WHERE {_case.GetProperty(part).GetString()!.Replace(key, key + "::INT")}");
        string[] names = [.. result.Columns.Select(column => column.Name)];
        IReadOnlyList<object?[]> rows = result.Rows();
        string[] labels = _case.GetProperty("label").GetString()!.Split(',');
        string? weight = _case.TryGetProperty("weight", out JsonElement named) ? named.GetString() : null;
        string[] categories = [.. _case.GetProperty("categorical").EnumerateArray().Select(name => name.GetString()!)];
        object?[] Cells(string name) => [.. rows.Select(row => row[Array.IndexOf(names, name)])];
        string[] features = _case.TryGetProperty("features", out JsonElement given) && given.ValueKind == JsonValueKind.Array
            ? [.. given.EnumerateArray().Select(name => name.GetString()!)]
            : [.. names.Where(name => name != key && name != weight && !labels.Contains(name))];
        LearnColumn Column(string name) => categories.Contains(name)
            ? new CategoryColumn(name, [.. Cells(name).Select(Hash)])
            : new NumericColumn(name, Numbers(Cells(name)));
        return (new LearnTable([.. features.Select(Column)], [.. labels.Select(label => Labels(Cells(label)))], weight is null ? null
            : Numbers(Cells(weight))), features);
    }

    /// <summary>Of the folder's own, or the one that several share; CSV as text.</summary>
    private string Table()
    {
        string? shared = _case.TryGetProperty("table", out JsonElement named) ? named.GetString() : null;
        string own = Directory.GetFiles(_folder, "table.*").SingleOrDefault() ?? (shared!.EndsWith("UCI_Credit_Card.csv",
            StringComparison.Ordinal)
            ? Repository.Data("UCI_Credit_Card.csv") : Path.GetFullPath(Path.Combine(_folder, shared)));
        return own.EndsWith(".csv", StringComparison.Ordinal) ? $"read_csv('{own}', all_varchar = true, header = true)" : $"'{own}'";
    }

    private static int Hash(object? cell) => CategoryHash.Of(Encoding.UTF8.GetBytes(Convert.ToString(cell, CultureInfo.InvariantCulture)!));

    private static float[] Numbers(object?[] cells) =>
        [.. cells.Select(cell => cell switch
        {
            null or "" => float.NaN,
            bool flag => flag ? 1 : 0,
            string text => (float)double.Parse(text, CultureInfo.InvariantCulture),
            _ => Convert.ToSingle(cell, CultureInfo.InvariantCulture),
        })];

    /// <summary>Classes by their number in the model; of two the larger label, or the later text, is 1.</summary>
    private float[] Labels(object?[] cells)
    {
        string loss = Text("loss_function")!;
        if (loss.StartsWith("MultiClass", StringComparison.Ordinal))
        {
            string[] classes = Classes();
            return [.. cells.Select(cell => (float)Array.IndexOf(classes, Convert.ToString(cell, CultureInfo.InvariantCulture)))];
        }

        if (cells[0] is string text && !double.TryParse(text, CultureInfo.InvariantCulture, out _))
            return [.. cells.Select(cell => Equals(cell, cells.Cast<string>().Max()) ? 1f : 0f)];
        float[] labels = Numbers(cells);
        if (Number("target_border") is { } border) return [.. labels.Select(label => label > border ? 1f : 0f)];
        return loss == "Logloss" ? [.. labels.Select(label => label == labels.Max() ? 1f : 0f)] : labels;
    }

    /// <summary>The labels of the classes that were seen, in the order of the outputs.</summary>
    private string[] Classes()
    {
        JsonElement classes = _case.GetProperty("class_params");
        string[] names = [.. classes.GetProperty("class_names").EnumerateArray().Select(name => name.ToString())];
        return [.. classes.GetProperty("class_to_label").EnumerateArray().Select(label => names.Length > 0 ? names[label.GetInt32()]
            : label.ToString())];
    }

    private TrainingParameters Parameters(string[] features)
    {
        ColumnQuantisation usual = new()
        {
            BorderCount = (int)(Number("border_count") ?? 254),
            BorderType = Choice<BorderType>("feature_border_type") ?? default,
            NanMode = Choice<NanMode>("nan_mode") ?? default,
        };
        IReadOnlyList<CtrDefinition> usualCtrs = new TrainingParameters().SimpleCtr;
        return new TrainingParameters
        {
            Loss = Loss.Parse(Text("loss_function")!),
            Iterations = (int)(Number("iterations") ?? 1000),
            Depth = (int)(Number("depth") ?? 6),
            LearningRate = Number("learning_rate"),
            L2LeafReg = Number("l2_leaf_reg"),
            RandomStrength = Number("random_strength") ?? 1,
            RandomSeed = _params.TryGetProperty("random_seed", out JsonElement seed) ? seed.GetUInt64() : 0,
            BootstrapType = Choice<BootstrapType>("bootstrap_type"),
            Subsample = Number("subsample"),
            BaggingTemperature = Number("bagging_temperature") ?? 1,
            MvsReg = Number("mvs_reg"),
            SamplingFrequency = Choice<SamplingFrequency>("sampling_frequency") ?? default,
            Rsm = Number("rsm") ?? Number("colsample_bylevel") ?? 1,
            LeafEstimationIterations = (int?)Number("leaf_estimation_iterations"),
            LeafEstimationMethod = Choice<LeafEstimationMethod>("leaf_estimation_method"),
            LeafEstimationBacktracking = Choice<LeafEstimationBacktracking>("leaf_estimation_backtracking") ?? LeafEstimationBacktracking.AnyImprovement,
            ScoreFunction = Choice<ScoreFunction>("score_function") ?? default,
            RandomScoreType = Choice<RandomScoreType>("random_score_type") ?? default,
            Quantisation = usual,
            ColumnQuantisations = ColumnQuantisations(features, usual),
            OneHotMaxSize = (int)(Number("one_hot_max_size") ?? 2),
            HasTime = Flag("has_time") ?? false,
            MaxCtrComplexity = (int?)Number("max_ctr_complexity"),
            SimpleCtr = Ctrs("simple_ctr") ?? usualCtrs,
            CombinationsCtr = Ctrs("combinations_ctr") ?? usualCtrs,
            CounterCalcMethod = Choice<CounterCalcMethod>("counter_calc_method") ?? default,
            CtrLeafCountLimit = (int?)Number("ctr_leaf_count_limit"),
            StoreAllSimpleCtr = Flag("store_all_simple_ctr") ?? false,
            ModelSizeReg = Number("model_size_reg") ?? 0.5f,
            PermutationCount = (int)(Number("permutation_count") ?? 4),
            FoldPermutationBlock = (int?)Number("fold_permutation_block"),
            BoostFromAverage = Flag("boost_from_average"),
            IgnoredFeatures = [.. Items("ignored_features").Select(item => item.ValueKind == JsonValueKind.Number
                ? features[item.GetInt32()] : item.GetString()!)],
            AutoClassWeights = Choice<AutoClassWeights>("auto_class_weights") ?? default,
            ClassWeights = Number("scale_pos_weight") is { } positive ? [1, positive] : Items("class_weights").Select(item =>
                item.GetSingle()).ToArray() is { Length: > 0 } given ? given : null,
            EvalMetric = Text("eval_metric"),
            CustomMetrics = [.. Items("custom_metric").Select(item => item.GetString()!)],
            MetricPeriod = (int)(Number("metric_period") ?? 1),
            UseBestModel = Flag("use_best_model"),
            BestModelMinTrees = (int)(Number("best_model_min_trees") ?? 1),
            OdType = Choice<OdType>("od_type"),
            OdWait = (int?)(Number("od_wait") ?? Number("early_stopping_rounds")),
            OdPval = Number("od_pval"),
            Name = Text("name") ?? "experiment",
            ModelShrinkRate = Number("model_shrink_rate") ?? 0,
            ModelShrinkMode = Choice<ModelShrinkMode>("model_shrink_mode") ?? default,
            LossBlocks = _case.TryGetProperty("loss_blocks_as", out JsonElement blocks) && blocks.ValueKind == JsonValueKind.Object
                ? blocks.GetProperty("thread_count").GetInt32() : 1,
        };
    }

    private Dictionary<string, ColumnQuantisation> ColumnQuantisations(string[] features, ColumnQuantisation usual) =>
        Items("per_float_feature_quantization").Select(item => item.GetString()!.Split(':')).ToDictionary(
            halves => features[int.Parse(halves[0], CultureInfo.InvariantCulture)],
            halves => halves[1].Split(',').Select(pair => pair.Split('=')).Aggregate(usual, (own, pair) => pair[0] switch
            {
                "border_count" => own with { BorderCount = int.Parse(pair[1], CultureInfo.InvariantCulture) },
                "border_type" => own with { BorderType = Enum.Parse<BorderType>(pair[1]) },
                _ => own with { NanMode = Enum.Parse<NanMode>(pair[1]) },
            }));

    private CtrDefinition[]? Ctrs(string name)
    {
        CtrDefinition[] given = [.. Items(name).Select(item => CtrDefinition.Parse(item.GetString()!))];
        return given.Length > 0 ? given : null;
    }

    private float? Number(string name) => _params.TryGetProperty(name, out JsonElement value) ? value.GetSingle() : null;

    private bool? Flag(string name) => _params.TryGetProperty(name, out JsonElement value) ? value.GetBoolean() : null;

    private string? Text(string name) => _params.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private T? Choice<T>(string name)
        where T : struct, Enum => Text(name) is { } text ? Enum.Parse<T>(text) : null;

    /// <summary>An array, the values of an object in the order of its names, or the one value.</summary>
    private IEnumerable<JsonElement> Items(string name)
    {
        if (!_params.TryGetProperty(name, out JsonElement value)) return [];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object => value.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal)
                .Select(property => property.Value),
            _ => [value],
        };
    }
}
