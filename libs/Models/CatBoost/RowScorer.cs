using System.Buffers;
using System.Runtime.CompilerServices;
using BatchScoring.Models.CatBoost.Evaluation;

namespace BatchScoring.Models;

/// <summary>
/// Scores single rows with a CatBoost model, at once and without allocating: for services that answer one request at a time. Who has many
/// rows is several times faster with <see cref="Evaluators"/>. Both give the same bits.
/// </summary>
/// <remarks>Immutable and thread safe.</remarks>
public sealed unsafe class RowScorer
{
    private const int StackBytes = 32 << 10;

    private readonly CatBoostModel _model;
    private readonly int _masks;
    private readonly RowNumerics _numerics;
    private readonly RowCategories _categories;
    private readonly RowTrees[] _trees;

    /// <summary>Prepares a model.</summary>
    public RowScorer(CatBoostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        Inputs = model.Inputs;
        MaskPlan plan = MaskPlanBuilder.Build(model);
        int[] places = new int[model.Inputs.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = model.Inputs[i].Kind == ModelInputKind.Numeric ? NumericCount++ : CategoricalCount++;
        _masks = plan.QuestionMasks;
        _numerics = new(plan, places, NumericCount);
        _categories = new(plan, places);
        _trees = [.. Enumerable.Range(0, model.OutputCount).Select(output => RowTrees.Create(plan, output))];
    }

    /// <summary>The columns that the model reads, numeric and categorical ones in one order.</summary>
    public IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>Values in the raw output: 1, or one per class.</summary>
    public int OutputCount => _model.OutputCount;

    /// <summary>How many of <see cref="Inputs"/> are numeric.</summary>
    public int NumericCount { get; }

    /// <summary>How many of <see cref="Inputs"/> are categorical.</summary>
    public int CategoricalCount { get; }

    /// <summary>Computes a row's raw formula values.</summary>
    /// <param name="numeric">The numeric inputs, in the order in which <see cref="Inputs"/> lists them; NaN for missing.</param>
    /// <param name="hashes">The categorical inputs, in the order in which <see cref="Inputs"/> lists them, as <c>CategoryHash</c>.</param>
    /// <param name="raw">Gets one value per output.</param>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    [SkipLocalsInit]
    public void Score(ReadOnlySpan<float> numeric, ReadOnlySpan<int> hashes, Span<double> raw)
    {
        if (numeric.Length != NumericCount)
            throw new ArgumentException($"The row has {numeric.Length} numeric inputs; the model reads {NumericCount}.", nameof(numeric));
        if (hashes.Length != CategoricalCount)
            throw new ArgumentException($"The row has {hashes.Length} categorical inputs; the model reads {CategoricalCount}.",
                nameof(hashes));
        if (raw.Length < OutputCount)
            throw new ArgumentException($"The output has room for {raw.Length} values; {OutputCount} are needed.", nameof(raw));

        int valueBytes = RowNumerics.Padded(NumericCount) * sizeof(float);
        int bytes = valueBytes + _masks + RowTrees.Padding;
        if (bytes <= StackBytes)
        {
            byte* scratch = stackalloc byte[bytes];
            Score(numeric, hashes, raw, (float*)scratch, scratch + valueBytes);
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(bytes);
        fixed (byte* scratch = rented) Score(numeric, hashes, raw, (float*)scratch, scratch + valueBytes);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private void Score(ReadOnlySpan<float> numeric, ReadOnlySpan<int> hashes, Span<double> raw, float* values, byte* answers)
    {
        answers[MaskPlan.Zeros] = 0;
        answers[MaskPlan.Ones] = 1;
        _numerics.Answer(numeric, values, answers);
        if (!hashes.IsEmpty) _categories.Answer(hashes, answers);
        for (int output = 0; output < _trees.Length; output++)
            raw[output] = ScaleAndBias.Apply(_model, output, _trees[output].Sum(answers));
    }
}
