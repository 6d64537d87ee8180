using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class CatBoostPredictorTests
{
    [Theory]
    [InlineData("catboost/numeric-nan-min")]
    [InlineData("catboost/categorical-ctr-all")]
    [InlineData("catboost/multiclass")]
    [InlineData("catboost/lossguide")]
    public void Predict_RowBatchAndNames_HaveTheBitsOfTheBlocks(string name)
    {
        var golden = GoldenCase.Load(name);
        Prediction scores = golden.Model.Scores();
        int rows = Math.Min(golden.Table.Rows, InputBlock.MaxRows + 70), columns = scores.Columns.Length;
        double[] raw = [.. golden.Table.Score(golden.Model.CreateScorer()).SelectMany(output => output)];
        double[] expected = new double[golden.Table.Rows * columns];
        scores.Compute(raw, golden.Table.Rows, expected);
        CatBoostPredictor predictor = golden.Model.CreatePredictor();
        (float[] numbers, string[] categories) = Rows(golden, predictor, rows);

        double[] batch = predictor.PredictBatch(numbers, categories);

        batch.Length.ShouldBe(rows * columns);
        int width = predictor.NumericColumns.Length, texts = predictor.CategoricalColumns.Length;
        double[] one = new double[columns], named = new double[columns];
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> rowNumbers = numbers.AsSpan(row * width, width);
            ReadOnlySpan<string> rowTexts = categories.AsSpan(row * texts, texts);
            predictor.Predict(rowNumbers, rowTexts, one);
            predictor.Predict(Named(predictor, rowNumbers, rowTexts), named);
            for (int column = 0; column < columns; column++)
            {
                long bits = BitConverter.DoubleToInt64Bits(expected[(column * golden.Table.Rows) + row]);
                BitConverter.DoubleToInt64Bits(batch[(row * columns) + column]).ShouldBe(bits, $"batch, row {row}");
                BitConverter.DoubleToInt64Bits(one[column]).ShouldBe(bits, $"row {row}");
                BitConverter.DoubleToInt64Bits(named[column]).ShouldBe(bits, $"names, row {row}");
            }
        }
    }

    [Fact]
    public void Predict_OneRow_AllocatesNothing()
    {
        CatBoostPredictor predictor = GoldenCase.Load("catboost/categorical-ctr-all").Model.CreatePredictor();
        float[] numbers = new float[predictor.NumericColumns.Length];
        string[] categories = [.. predictor.CategoricalColumns.Select(_ => "größer")];
        predictor.Predict(numbers, categories);

        Allocations.OfHundredCalls(() => predictor.Predict(numbers, categories)).ShouldBe(0);
    }

    [Fact]
    public void Predict_RowOfAnotherLength_SaysWhatWasTrainedOn()
    {
        CatBoostPredictor predictor = GoldenCase.Load("catboost/categorical-onehot").Model.CreatePredictor();
        int numbers = predictor.NumericColumns.Length, texts = predictor.CategoricalColumns.Length;

        Should.Throw<ArgumentException>(() => predictor.Predict(new float[numbers - 1], new string[texts])).Message
            .ShouldContain($"The row has {numbers - 1} numbers; the model was trained on {numbers} such columns " +
                $"({predictor.NumericColumns[0]}");
        Should.Throw<ArgumentException>(() => predictor.Predict(new float[numbers])).Message.ShouldContain("0 categories");
        Should.Throw<ArgumentException>(() =>
            predictor.PredictBatch(new float[2 * numbers], new string[texts])).Message.ShouldContain("2 rows have");
        Should.Throw<ArgumentException>(() => predictor.PredictBatch(new float[(2 * numbers) + 1], new string[2 * texts]));
        predictor.PredictBatch([], []).ShouldBeEmpty();
    }

    [Fact]
    public void Predict_NamedValuesThatDoNotFit_AreAllNamed()
    {
        CatBoostPredictor predictor = GoldenCase.Load("catboost/categorical-onehot").Model.CreatePredictor();
        string number = predictor.Model.Inputs.First(input => input.Kind == ModelInputKind.Numeric).Name;
        string category = predictor.Model.Inputs.First(input => input.Kind == ModelInputKind.Categorical).Name;
        var values = predictor.Model.Inputs.ToDictionary(input => input.Name, input => (object?)1);
        predictor.Predict(values).ShouldBeInRange(0, 1);
        values.Remove(predictor.Model.Inputs[^1].Name);
        (values[number], values[category]) = ("twelve", 1.5);

        string message = Should.Throw<ArgumentException>(() => predictor.Predict(values)).Message;

        message.ShouldContain($"'{number}' is a String, the model takes a number");
        message.ShouldContain($"'{category}' is a Double, the model takes text or a whole number");
        message.ShouldContain($"'{predictor.Model.Inputs[^1].Name}' is missing");
    }

    [Fact]
    public void Predict_SeveralColumns_WantASpan()
    {
        CatBoostPredictor predictor = TinyModel.WithLoss(3, "MultiClass").CreatePredictor(PredictionType.Probability);

        Should.Throw<InvalidOperationException>(() => predictor.Predict([])).Message.ShouldContain("Probability_0 to Probability_2");
        double[] answers = new double[3];
        predictor.Predict([], [], answers);
        answers.Sum().ShouldBe(1, 1e-12);
        Should.Throw<ArgumentException>(() => predictor.Predict([], [], new double[2]));
    }

    /// <summary>The rows as the training table had them: unused columns hold something, too.</summary>
    private static (float[] Numbers, string[] Categories) Rows(GoldenCase golden, CatBoostPredictor predictor, int rows)
    {
        float[] numbers = new float[rows * predictor.NumericColumns.Length];
        string[] categories = new string[rows * predictor.CategoricalColumns.Length];
        Array.Fill(numbers, 17);
        Array.Fill(categories, "not used");
        for (int input = 0; input < golden.Model.Inputs.Length; input++)
        {
            int feature = golden.Model.InputFeatures[input];
            for (int row = 0; row < rows; row++)
            {
                if (golden.Model.Inputs[input].Kind == ModelInputKind.Numeric)
                    numbers[(row * predictor.NumericColumns.Length) + feature] = golden.Table.Numeric(input)[row];
                else categories[(row * predictor.CategoricalColumns.Length) + feature] = golden.Texts[golden.Model.Inputs[input].Name][row];
            }
        }

        return (numbers, categories);
    }

    private static Dictionary<string, object?> Named(CatBoostPredictor predictor, ReadOnlySpan<float> numbers,
        ReadOnlySpan<string> categories)
    {
        Dictionary<string, object?> values = [];
        for (int i = 0; i < numbers.Length; i++) values[predictor.NumericColumns[i]] = float.IsNaN(numbers[i]) ? null : (double)numbers[i];
        for (int i = 0; i < categories.Length; i++)
            values[predictor.CategoricalColumns[i]] = long.TryParse(categories[i], out long whole) && whole.ToString() == categories[i]
                ? whole : categories[i];
        return values;
    }
}
