using System.Collections.Immutable;
using BatchScoring.Models.CatBoost.Predicting;

namespace BatchScoring.Models;

/// <summary>
/// Answers rows as they come: as numbers in the order of the training table, with categories beside them, or as named values. Made once by
/// <see cref="CatBoostModel.CreatePredictor()"/> and used for ever. The bits are CatBoost's own.
/// </summary>
/// <remarks>Immutable and thread safe. A row of numbers and categories allocates nothing.</remarks>
public sealed class CatBoostPredictor
{
    private readonly RowScorer _scorer;
    private readonly Prediction _prediction;
    private readonly TrainingTable _table;
    private readonly BatchPredictor _batches;

    internal CatBoostPredictor(CatBoostModel model, Prediction prediction)
    {
        Model = model;
        _prediction = prediction;
        _scorer = new RowScorer(model);
        _table = new TrainingTable(model);
        _batches = new BatchPredictor(model, prediction, _table);
    }

    /// <summary>The model that answers.</summary>
    public CatBoostModel Model { get; }

    /// <summary>What an answer consists of: <c>score</c>, <c>Probability_0</c> and <c>Probability_1</c>, and so on.</summary>
    public ImmutableArray<string> Columns => _prediction.Columns;

    /// <summary>Not null where answers are places in these labels, as those of <see cref="PredictionType.Class"/> are.</summary>
    public ClassLabels? Labels => _prediction.Labels;

    /// <summary>The numeric columns of the training table, used or not: a row's numbers come in this order.</summary>
    public ImmutableArray<string> NumericColumns => _table.NumericColumns;

    /// <summary>The categorical columns of the training table, used or not: a row's categories come in this order.</summary>
    public ImmutableArray<string> CategoricalColumns => _table.CategoricalColumns;

    /// <summary>Answers a row of a model without categories.</summary>
    /// <param name="numbers">One value for each of <see cref="NumericColumns"/>; NaN for missing.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The row has another length than the training table.</exception>
    /// <exception cref="InvalidOperationException">An answer has several <see cref="Columns"/>; use the overload that fills a
    /// span.</exception>
    public double Predict(ReadOnlySpan<float> numbers) => Predict(numbers, default);

    /// <summary>Answers a row.</summary>
    /// <param name="numbers">One value for each of <see cref="NumericColumns"/>; NaN for missing.</param>
    /// <param name="categories">One text for each of <see cref="CategoricalColumns"/>, spelled as in training; unknown ones are no
    /// error.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The row has another length than the training table.</exception>
    /// <exception cref="InvalidOperationException">An answer has several <see cref="Columns"/>; use the overload that fills a
    /// span.</exception>
    public double Predict(ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories)
    {
        double answer = 0;
        Predict(numbers, categories, Single(ref answer));
        return answer;
    }

    /// <summary>Answers a row whose answer may have several values, such as a probability for every class.</summary>
    /// <param name="numbers">One value for each of <see cref="NumericColumns"/>; NaN for missing.</param>
    /// <param name="categories">One text for each of <see cref="CategoricalColumns"/>.</param>
    /// <param name="answers">Gets one value for each of <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">The row has another length than the training table, or the output is too short.</exception>
    public void Predict(ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories, Span<double> answers)
    {
        _table.Check(numbers.Length, categories.Length, rows: 1);
        Span<float> used = stackalloc float[_scorer.NumericCount <= TrainingTable.OnStack ? _scorer.NumericCount : 0];
        if (used.Length < _scorer.NumericCount) used = new float[_scorer.NumericCount];
        Span<int> codes = stackalloc int[_scorer.CategoricalCount <= TrainingTable.OnStack ? _scorer.CategoricalCount : 0];
        if (codes.Length < _scorer.CategoricalCount) codes = new int[_scorer.CategoricalCount];
        _table.Pick(numbers, categories, used, codes);
        Answer(used, codes, answers);
    }

    /// <summary>Answers a row of named values.</summary>
    /// <param name="values">
    /// A value for every column that the model uses, by name; others are ignored. A numeric column takes any number type, a bool, or null
    /// for missing; a categorical one takes text or a whole number.
    /// </param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">Columns are missing or have another type; the text names all of them.</exception>
    /// <exception cref="InvalidOperationException">An answer has several <see cref="Columns"/>; use the overload that fills a
    /// span.</exception>
    public double Predict(IReadOnlyDictionary<string, object?> values)
    {
        double answer = 0;
        Predict(values, Single(ref answer));
        return answer;
    }

    /// <summary>Answers a row of named values whose answer may have several values.</summary>
    /// <param name="values">A value for every column that the model uses, by name.</param>
    /// <param name="answers">Gets one value for each of <see cref="Columns"/>.</param>
    /// <exception cref="ArgumentException">Columns are missing or have another type; the text names all of them.</exception>
    public void Predict(IReadOnlyDictionary<string, object?> values, Span<double> answers)
    {
        ArgumentNullException.ThrowIfNull(values);
        (float[] numbers, int[] codes) = NamedValues.Read(Model, values);
        Answer(numbers, codes, answers);
    }

    /// <summary>Answers many rows of a model without categories, several times faster than one by one.</summary>
    /// <param name="numbers">Row after row, one value for each of <see cref="NumericColumns"/>.</param>
    /// <returns>Row after row, one value for each of <see cref="Columns"/>.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of a row's.</exception>
    public double[] PredictBatch(ReadOnlySpan<float> numbers) => PredictBatch(numbers, default);

    /// <summary>Answers many rows, several times faster than one by one.</summary>
    /// <param name="numbers">Row after row, one value for each of <see cref="NumericColumns"/>.</param>
    /// <param name="categories">Row after row, one text for each of <see cref="CategoricalColumns"/>.</param>
    /// <returns>Row after row, one value for each of <see cref="Columns"/>.</returns>
    /// <exception cref="ArgumentException">The lengths are no multiple of a row's, or tell different numbers of rows.</exception>
    public double[] PredictBatch(ReadOnlySpan<float> numbers, ReadOnlySpan<string> categories)
    {
        double[] answers = new double[_table.Rows(numbers.Length, categories.Length) * Columns.Length];
        _batches.Answer(numbers, categories, answers);
        return answers;
    }

    private Span<double> Single(ref double answer) => Columns.Length == 1
        ? new Span<double>(ref answer)
        : throw new InvalidOperationException(
            $"An answer has {Columns.Length} values ({Columns[0]} to {Columns[^1]}). Use the overload of Predict that fills a span, or " +
            "PredictBatch.");

    private void Answer(ReadOnlySpan<float> numbers, ReadOnlySpan<int> codes, Span<double> answers)
    {
        if (answers.Length < Columns.Length)
            throw new ArgumentException($"The output has room for {answers.Length} values; {Columns.Length} are needed.", nameof(answers));
        Span<double> raw = stackalloc double[_scorer.OutputCount <= TrainingTable.OnStack ? _scorer.OutputCount : 0];
        if (raw.Length < _scorer.OutputCount) raw = new double[_scorer.OutputCount];
        _scorer.Score(numbers, codes, raw);
        _prediction.Compute(raw, 1, answers);
    }
}
