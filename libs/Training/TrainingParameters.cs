using System.Text.Json.Nodes;

namespace BatchScoring.Training;

/// <summary>
/// The settings of a training, named and with the defaults as CatBoost 1.2.10 has them. What is not here is not done yet.
/// </summary>
/// <remarks>Numbers are held in single precision and widened, as there: 0.1 means 0.10000000149011612.</remarks>
public sealed record TrainingParameters
{
    private const int FewTrees = 200, FewColumns = 20;

    /// <summary>What is minimised.</summary>
    public Loss Loss { get; init; } = LossFunction.Logloss;

    /// <summary>Trees, at least 1.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>Splits of a tree at most, 0 to 16.</summary>
    public int Depth { get; init; } = 6;

    /// <summary>What <see cref="L2LeafReg"/> is by default.</summary>
    public const float DefaultL2LeafReg = 3;

    /// <summary>Factor of every leaf, not 0; null: chosen by rows and iterations, where nothing is said of leaves and L2.</summary>
    public float? LearningRate { get; init; }

    /// <summary>Draws leaves towards 0; from 0 on; null: 3.</summary>
    public float? L2LeafReg { get; init; }

    /// <summary>The same seed gives the same model.</summary>
    public ulong RandomSeed { get; init; }

    /// <summary>Noise of scores when splits are chosen; 0 for none.</summary>
    public float RandomStrength { get; init; } = 1;

    /// <summary>How the rows are drawn that a tree's splits are chosen by; null for the loss's own way.</summary>
    public BootstrapType? BootstrapType { get; init; }

    /// <summary>The share of rows drawn, above 0 to 1; null: 0.8, and 1 for fewer than 100 rows.</summary>
    public float? Subsample { get; init; }

    /// <summary>Whether a step of the leaves that does not lower the loss is taken back.</summary>
    public LeafEstimationBacktracking LeafEstimationBacktracking { get; init; } = LeafEstimationBacktracking.AnyImprovement;

    /// <summary>
    /// The model is the one that CatBoost trains with so many threads: it sums losses in as many parts. Our own threads change nothing.
    /// </summary>
    public int LossBlocks { get; init; } = 1;

    /// <summary>How numeric columns are cut into bins, where <see cref="ColumnQuantisations"/> says nothing else.</summary>
    public ColumnQuantisation Quantisation { get; init; } = new();

    /// <summary>How single columns are cut, by name.</summary>
    public IReadOnlyDictionary<string, ColumnQuantisation> ColumnQuantisations { get; init; } =
        new Dictionary<string, ColumnQuantisation>(StringComparer.Ordinal);

    /// <summary>Categories at most of a column that is learned from one category at a time.</summary>
    public int OneHotMaxSize { get; init; } = 2;

    /// <summary>Categories and splits at most of which one number is made; null: 4, and 1 for fewer than 200 trees.</summary>
    public int? MaxCtrComplexity { get; init; }

    /// <summary>Numbers made of a category.</summary>
    public IReadOnlyList<CtrDefinition> SimpleCtr { get; init; } = CtrDefinition.Usual;

    /// <summary>Numbers made of a combination.</summary>
    public IReadOnlyList<CtrDefinition> CombinationsCtr { get; init; } = CtrDefinition.Usual;

    /// <summary>Numbers made of a category instead of the simple ones, by the column's name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CtrDefinition>> PerFeatureCtr { get; init; } =
        new Dictionary<string, IReadOnlyList<CtrDefinition>>(StringComparer.Ordinal);

    /// <summary>Into how many classes labels that are numbers are cut for that, less one, where a definition does not say.</summary>
    public int CtrTargetBorderCount { get; init; } = 1;

    /// <summary>Values of a category or combination at most that are told apart, the most frequent ones; null: all.</summary>
    public int? CtrLeafCountLimit { get; init; }

    /// <summary>Whether that does not go for single categories.</summary>
    public bool StoreAllSimpleCtr { get; init; }

    /// <summary>Whether the categories of eval sets count where no label is looked at.</summary>
    public CounterCalcMethod CounterCalcMethod { get; init; }

    /// <summary>How much numbers of many values cost while they are new to the model.</summary>
    public float ModelSizeReg { get; init; } = 0.5f;

    /// <summary>Orders of the rows, one of them for the leaves.</summary>
    public int PermutationCount { get; init; } = 4;

    /// <summary>Rows that stay together when the order is changed; null: by the number of rows.</summary>
    public int? FoldPermutationBlock { get; init; }

    /// <summary>Whether the rows have an order in time and keep it; otherwise those of a table with categories are shuffled.</summary>
    public bool HasTime { get; init; }

    /// <summary>Columns that are not learned from, by name.</summary>
    public IReadOnlyCollection<string> IgnoredFeatures { get; init; } = [];

    /// <summary>
    /// Weights of the classes 0 and 1; null: all 1. They are taken before <see cref="AutoClassWeights"/>.
    /// </summary>
    public IReadOnlyList<float>? ClassWeights { get; init; }

    /// <summary>What every tree takes back of those before it; 0 for nothing.</summary>
    public float ModelShrinkRate { get; init; }

    /// <summary>Whether that falls from tree to tree.</summary>
    public ModelShrinkMode ModelShrinkMode { get; init; }

    /// <summary>Newton steps of the leaves of a tree; null for the loss's own number.</summary>
    public int? LeafEstimationIterations { get; init; }

    /// <summary>How leaves are computed; null for the loss's own way.</summary>
    public LeafEstimationMethod? LeafEstimationMethod { get; init; }

    /// <summary>The share of columns that are looked at, drawn anew on every level; above 0 to 1.</summary>
    public float Rsm { get; init; } = 1;

    /// <summary>What splits are compared by.</summary>
    public ScoreFunction ScoreFunction { get; init; } = ScoreFunction.Cosine;

    /// <summary>The distribution of the noise of scores.</summary>
    public RandomScoreType RandomScoreType { get; init; }

    /// <summary>How often rows are drawn.</summary>
    public SamplingFrequency SamplingFrequency { get; init; }

    /// <summary>How uneven the weights of <see cref="BootstrapType.Bayesian"/> are; 0: all equal.</summary>
    public float BaggingTemperature { get; init; } = 1;

    /// <summary>Evens out the chances of <see cref="BootstrapType.MVS"/>; null: by the last tree.</summary>
    public float? MvsReg { get; init; }

    /// <summary>Weights of the classes.</summary>
    public AutoClassWeights AutoClassWeights { get; init; }

    /// <summary>Steps of a tree's leaves: few trees on few columns need one.</summary>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="usual">The loss's own number.</param>
    internal int LeafIterations(int columns, int usual) =>
        LeafEstimationIterations ?? (Iterations < FewTrees && columns < FewColumns ? 1 : usual);

    /// <summary>0 is as good as nothing, but no zero to divide by.</summary>
    internal float L2 => L2LeafReg switch { null => DefaultL2LeafReg, 0 => 1e-20f, { } given => given };

    internal ColumnQuantisation? QuantisationOf(LearnColumn column) => IgnoredFeatures.Contains(column.Name, StringComparer.Ordinal)
        ? null
        : ColumnQuantisations.GetValueOrDefault(column.Name, Quantisation);

    /// <summary>Of the run: at most so many threads.</summary>
    internal int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether everything is done in the way that is easiest to read, slowly: tests compare the fast way with it.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Bytes of a table's bins at most that are kept column by column, beside those that lie row by row.</summary>
    internal long MostKeptBins { get; init; } = 128L << 20;

    /// <summary>Whether a first constant is the mean of the labels; null for the loss's own answer.</summary>
    public bool? BoostFromAverage { get; init; }

    /// <summary>
    /// What the best iteration is chosen by and what early stopping looks at, as CatBoost writes it (<c>AUC</c>, <c>F:beta=0.5</c>); null:
    /// the loss.
    /// </summary>
    public string? EvalMetric { get; init; }

    /// <summary>What else is measured, as CatBoost writes it.</summary>
    public IReadOnlyList<string> CustomMetrics { get; init; } = [];

    /// <summary>Metrics are computed in every so many iterations, and in the last; at least 1.</summary>
    public int MetricPeriod { get; init; } = 1;

    /// <summary>Whether trees after the best iteration are left out; null: if there is an eval set with different labels.</summary>
    public bool? UseBestModel { get; init; }

    /// <summary>Trees at least that the best model has.</summary>
    public int BestModelMinTrees { get; init; } = 1;

    /// <summary>How training notices that it is no use to go on; null: by what is said of <see cref="OdWait"/> and <see cref="OdPval"/>.</summary>
    public OdType? OdType { get; init; }

    /// <summary>Iterations after the best one until training stops, at least 1; null: 20.</summary>
    public int? OdWait { get; init; }

    /// <summary>Training stops when a better iteration is less likely than this; 0 and null: never for <see cref="OdType.IncToDec"/>.</summary>
    public float? OdPval { get; init; }

    /// <summary>The classes, as the model will name them; null for numbers, or for classes without names.</summary>
    public LabelledClasses? Classes { get; init; }

    /// <summary>The parameters as they were given, for the model's description; null: only the loss.</summary>
    public JsonObject? Given { get; init; }

    /// <summary>What the log files call the training.</summary>
    public string Name { get; init; } = "experiment";
}

/// <summary>How the classes of <see cref="LossFunction.Logloss"/> are weighted against each other.</summary>
public enum AutoClassWeights
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the largest class's weight over the class's own.</summary>
    Balanced,

    /// <summary>By the root of that.</summary>
    SqrtBalanced,
}

/// <summary>How rows are drawn.</summary>
public enum BootstrapType
{
    /// <summary>Every tree sees all rows.</summary>
    No,

    /// <summary>Rows with large derivatives more often.</summary>
    MVS,

    /// <summary>Every row with the same chance.</summary>
    Bernoulli,

    /// <summary>All rows, with random weights.</summary>
    Bayesian,
}

/// <summary>What becomes of a step that does not lower the loss.</summary>
public enum LeafEstimationBacktracking
{
    /// <summary>It is taken.</summary>
    No,

    /// <summary>It is halved until it does.</summary>
    AnyImprovement,
}

/// <summary>How leaves are computed.</summary>
public enum LeafEstimationMethod
{
    /// <summary>By first and second derivatives.</summary>
    Newton,

    /// <summary>By first derivatives.</summary>
    Gradient,

    /// <summary>The best constant itself.</summary>
    Exact,
}

/// <summary>What splits are compared by.</summary>
public enum ScoreFunction
{
    /// <summary>The cosine between derivatives and leaf values.</summary>
    Cosine,

    /// <summary>What the squared error falls by.</summary>
    L2,
}

/// <summary>The distribution of the noise of scores.</summary>
public enum RandomScoreType
{
    /// <summary>Normal, dying out as the model grows.</summary>
    NormalWithModelSizeDecrease,

    /// <summary>Gumbel's.</summary>
    Gumbel,
}

/// <summary>How often rows are drawn.</summary>
public enum SamplingFrequency
{
    /// <summary>For every tree.</summary>
    PerTree,

    /// <summary>For every level of a tree.</summary>
    PerTreeLevel,
}

/// <summary>How what is taken back goes on.</summary>
public enum ModelShrinkMode
{
    /// <summary>The same share at every tree.</summary>
    Constant,

    /// <summary>The n-th tree takes an n-th of it.</summary>
    Decreasing,
}

/// <summary>How training notices that it is no use to go on.</summary>
public enum OdType
{
    /// <summary>By the level that the metric came down from, which is forgotten slowly.</summary>
    IncToDec,

    /// <summary>By the number of iterations since the best.</summary>
    Iter,
}

/// <summary>Whose categories count where no label is looked at.</summary>
public enum CounterCalcMethod
{
    /// <summary>Those of the rows that are learned from.</summary>
    SkipTest,

    /// <summary>Those of eval sets as well.</summary>
    Full,
}
