using System.Collections.Immutable;
using BatchScoring.Models.CatBoost.Formats.Cbm;
using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Models;

/// <summary>
/// A CatBoost model in memory, whatever format it came from: checked, so that every index in it is in its range and every walk through a
/// tree ends. Immutable and thread safe.
/// </summary>
/// <remarks>Source of the rules: catboost/libs/model of CatBoost 1.2.10, Apache-2.0.</remarks>
public sealed class CatBoostModel : IModel
{
    private readonly CatBoostModelParts _parts;
    private readonly ImmutableArray<int> _binaryFeatureStarts;
    private readonly ImmutableArray<int> _tables;

    /// <summary>Checks the parts and makes a model of them.</summary>
    /// <exception cref="ModelException">The parts contradict each other.</exception>
    public CatBoostModel(CatBoostModelParts parts)
    {
        ModelChecks.CheckFeatures(parts);
        _tables = ModelChecks.FindTables(parts);
        _binaryFeatureStarts = NumberBinaryFeatures(parts);
        ModelChecks.CheckTrees(parts, BinaryFeatureCount);
        _parts = parts with { Bias = parts.Bias.IsEmpty ? [.. new double[parts.OutputCount]] : parts.Bias };
        (Inputs, InputFeatures) = ModelInputs.Of(parts);
        Loss = Losses.Of(parts.Info);
        HasBias = Bias.Any(bias => bias != 0);
        HasFeatureNames = ModelInputs.AreNamed(parts);
    }

    /// <inheritdoc/>
    public string Format => CatBoostFormat.FormatName;

    /// <inheritdoc/>
    public ImmutableArray<ModelInput> Inputs { get; }

    /// <summary>
    /// Where each of <see cref="Inputs"/> stands in <see cref="FloatFeatures"/> (numeric) or <see cref="CategoricalFeatures"/>
    /// (categorical).
    /// </summary>
    public ImmutableArray<int> InputFeatures { get; }

    /// <inheritdoc/>
    public bool HasFeatureNames { get; }

    /// <inheritdoc/>
    public int OutputCount => _parts.OutputCount;

    /// <inheritdoc/>
    public ImmutableArray<PredictionType> PredictionTypes =>
        [.. Enum.GetValues<PredictionType>().Where(type => PredictionPlan.Find(this, type) is not null)];

    /// <summary>All numeric columns of the training table, used or not.</summary>
    public ImmutableArray<FloatFeature> FloatFeatures => _parts.FloatFeatures;

    /// <summary>All categorical columns of the training table, used or not.</summary>
    public ImmutableArray<CategoricalFeature> CategoricalFeatures => _parts.CategoricalFeatures;

    /// <summary>One-hot splits.</summary>
    public ImmutableArray<OneHotFeature> OneHotFeatures => _parts.OneHotFeatures;

    /// <summary>Numbers made of categories.</summary>
    public ImmutableArray<CtrFeature> CtrFeatures => _parts.CtrFeatures;

    /// <summary>The tables that <see cref="CtrFeatures"/> read.</summary>
    public ImmutableArray<CtrTable> CtrTables => _parts.CtrTables;

    /// <summary>How many trees there are, at least 1.</summary>
    public int TreeCount => _parts.Symmetric?.Depths.Length ?? _parts.NonSymmetric!.NodeCounts.Length;

    /// <summary>The trees, if all are symmetric; else null.</summary>
    public SymmetricTrees? Symmetric => _parts.Symmetric;

    /// <summary>The trees, if they are not symmetric; else null.</summary>
    public NonSymmetricTrees? NonSymmetric => _parts.NonSymmetric;

    /// <summary>
    /// Leaf after leaf, <see cref="OutputCount"/> values each. With symmetric trees tree <c>t</c> has the <c>1 &lt;&lt; Depths[t]</c>
    /// leaves after those of tree <c>t - 1</c>.
    /// </summary>
    public ImmutableArray<double> LeafValues => _parts.LeafValues;

    /// <summary>Training weight per leaf, or empty; not needed for scoring.</summary>
    public ImmutableArray<double> LeafWeights => _parts.LeafWeights;

    /// <summary>Multiplies the sum of the leaves.</summary>
    public double Scale => _parts.Scale;

    /// <summary>Added after <see cref="Scale"/>; one value per output.</summary>
    public ImmutableArray<double> Bias => _parts.Bias;

    /// <summary>False if the bias is 0 for all outputs; then it must not be added.</summary>
    public bool HasBias { get; }

    /// <summary>The name of the loss that the model was trained for, for example <c>Logloss</c>; null if the model does not tell.</summary>
    public string? Loss { get; }

    /// <summary>What the trainer wrote about the model: <c>params</c>, <c>class_params</c>, and so on.</summary>
    public IReadOnlyDictionary<string, string> Info => _parts.Info;

    /// <summary>
    /// The number of each feature's first binary feature: numeric features, then one-hot features, then CTR features, each in the order of
    /// its list; last the count of all. The k-th border or value of a feature has the number of the first one + k.
    /// </summary>
    public ImmutableArray<int> BinaryFeatureStarts => _binaryFeatureStarts;

    /// <summary>How many binary features there are: every border and every one-hot value.</summary>
    public int BinaryFeatureCount => _binaryFeatureStarts[^1];

    /// <summary>Reads a model.</summary>
    /// <param name="file">The whole file, format <c>.cbm</c>; not kept.</param>
    /// <exception cref="ModelException">It cannot be read; the code says why.</exception>
    public static CatBoostModel Load(ReadOnlySpan<byte> file) => new(CatBoostFormat.Instance.Read(file));

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">A <c>.cbm</c> file.</param>
    /// <exception cref="ModelException">It cannot be read; the code says why.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static CatBoostModel LoadFile(string path) => Load(ModelFormats.Standard.ReadFile(path));

    /// <summary>Writes the model in the format <c>.cbm</c>, such that CatBoost loads it and predicts the same bits.</summary>
    /// <returns>The whole file.</returns>
    public byte[] ToCbm() => CbmWriter.Write(this);

    /// <summary>What the binary feature with a given number asks.</summary>
    /// <param name="number">0 to <see cref="BinaryFeatureCount"/> - 1, as trees count.</param>
    public BinaryFeature BinaryFeatureAt(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, BinaryFeatureCount);
        int low = 0, high = _binaryFeatureStarts.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            if (_binaryFeatureStarts[middle] <= number) low = middle;
            else high = middle;
        }

        int threshold = number - _binaryFeatureStarts[low];
        if (low < FloatFeatures.Length) return new(BinaryFeatureKind.Float, low, threshold);
        low -= FloatFeatures.Length;
        return low < OneHotFeatures.Length
            ? new(BinaryFeatureKind.OneHot, low, threshold)
            : new(BinaryFeatureKind.Ctr, low - OneHotFeatures.Length, threshold);
    }

    /// <inheritdoc/>
    public IBlockScorer CreateScorer() => Evaluators.Create(this);

    /// <inheritdoc/>
    public Prediction PredictionOf(PredictionType type)
    {
        var plan = PredictionPlan.For(this, type);
        return new Prediction(type.ToString(), plan.Columns, plan.Formula)
        {
            IsProbability = type == PredictionType.Probability,
            Labels = plan.Labels,
        };
    }

    /// <summary>
    /// Makes what answers rows with the model's score: the positive class's probability, a regression's value, a probability per class.
    /// </summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    public CatBoostPredictor CreatePredictor() => new(this, Scores());

    /// <summary>Makes what answers rows with a prediction type.</summary>
    /// <param name="type">What to tell about a row, as CatBoost calls it.</param>
    /// <exception cref="ModelException">The model cannot answer this.</exception>
    public CatBoostPredictor CreatePredictor(PredictionType type) => new(this, PredictionOf(type));

    /// <inheritdoc/>
    public Prediction Scores() => CatBoost.Predictions.Scores.Of(this);

    /// <inheritdoc/>
    ModelDescription IModel.Describe() => Describe();

    /// <inheritdoc cref="IModel.Describe"/>
    public CatBoostDescription Describe() => CatBoostDescription.Of(this);

    /// <summary>The table that a CTR feature reads.</summary>
    /// <param name="ctrFeature">Position in <see cref="CtrFeatures"/>.</param>
    public CtrTable TableOf(int ctrFeature) => CtrTables[_tables[ctrFeature]];

    private static ImmutableArray<int> NumberBinaryFeatures(CatBoostModelParts parts)
    {
        ImmutableArray<int>.Builder starts = ImmutableArray.CreateBuilder<int>(
            parts.FloatFeatures.Length + parts.OneHotFeatures.Length + parts.CtrFeatures.Length + 1);
        long next = 0L;
        void Add(int count)
        {
            starts.Add((int)next);
            next += count;
            if (next > int.MaxValue) Fault.Invalid("it has more than 2^31 borders");
        }

        foreach (FloatFeature feature in parts.FloatFeatures) Add(feature.Borders.Length);
        foreach (OneHotFeature feature in parts.OneHotFeatures) Add(feature.Values.Length);
        foreach (CtrFeature feature in parts.CtrFeatures) Add(feature.Borders.Length);
        Add(0);
        return starts.MoveToImmutable();
    }
}
