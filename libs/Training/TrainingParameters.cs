namespace BatchScoring.Training;

/// <summary>The settings of a training, named and with the defaults as CatBoost 1.2.10 has them. What is not here is not done yet.</summary>
/// <remarks>Numbers are held in single precision and widened, as there: 0.1 means 0.10000000149011612.</remarks>
public sealed record TrainingParameters
{
    /// <summary>What is minimised.</summary>
    public LossFunction LossFunction { get; init; } = LossFunction.Logloss;

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

    /// <summary>How the rows are drawn that a tree's splits are chosen by.</summary>
    public BootstrapType BootstrapType { get; init; } = BootstrapType.MVS;

    /// <summary>The share of rows drawn, above 0 to 1; null: 0.8, and 1 for fewer than 100 rows.</summary>
    public float? Subsample { get; init; }

    /// <summary>Whether a step of the leaves that does not lower the loss is taken back.</summary>
    public LeafEstimationBacktracking LeafEstimationBacktracking { get; init; } = LeafEstimationBacktracking.AnyImprovement;

    /// <summary>
    /// The model is the one that CatBoost trains with so many threads: it sums losses in as many parts. Our own threads change nothing.
    /// </summary>
    public int LossBlocks { get; init; } = 1;

    /// <summary>Borders of a numeric column at most, 1 to 254.</summary>
    public int BorderCount { get; init; } = 254;

    /// <summary>Newton steps of the leaves of a tree; null for the loss's own number.</summary>
    public int? LeafEstimationIterations { get; init; }

    /// <summary>Weights of the classes.</summary>
    public AutoClassWeights AutoClassWeights { get; init; }

    /// <summary>Whether a first constant is the mean of the labels; null for the loss's own answer.</summary>
    public bool? BoostFromAverage { get; init; }
}

/// <summary>What is minimised.</summary>
public enum LossFunction
{
    /// <summary>Two classes, labels 0 and 1; the raw value is the log of the odds.</summary>
    Logloss,

    /// <summary>Squared error; the raw value is the expected label.</summary>
    RMSE,
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
}

/// <summary>What becomes of a step that does not lower the loss.</summary>
public enum LeafEstimationBacktracking
{
    /// <summary>It is taken.</summary>
    No,

    /// <summary>It is halved until it does.</summary>
    AnyImprovement,
}
