using BatchScoring.Models;
using BatchScoring.Models.CatBoost.Predictions;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class PredictionTests
{
    private const string ThreeNames = """{"classes_count":0,"class_names":["x","y","z"],"class_to_label":[0,2],"class_label_type":"String"}""";

    private static double[] Compute(CatBoostModel model, PredictionType type, params double[] raw)
    {
        Prediction prediction = model.PredictionOf(type);
        double[] output = new double[prediction.Columns.Length * raw.Length / model.OutputCount];
        prediction.Compute(raw, raw.Length / model.OutputCount, output);
        return output;
    }

    [Fact]
    public void Columns_SeveralOutputs_AreNumbered()
    {
        TinyModel.Constant(1).PredictionOf(PredictionType.RawFormulaVal).Columns.ShouldBe(["RawFormulaVal"]);
        TinyModel.Constant(3).PredictionOf(PredictionType.RawFormulaVal).Columns
            .ShouldBe(["RawFormulaVal_0", "RawFormulaVal_1", "RawFormulaVal_2"]);
        TinyModel.Constant(1).PredictionOf(PredictionType.Probability).Columns.ShouldBe(["Probability_0", "Probability_1"]);
    }

    [Fact]
    public void Compute_BinaryProbability_SumsToOneAndSaturates()
    {
        double[] output = Compute(TinyModel.WithLoss(1, "Logloss"), PredictionType.Probability, 0, 800, -800, double.NaN);
        output[..3].ShouldBe([0.5, 0, 1]);
        output[4..7].ShouldBe([0.5, 1, 0]);
        output[7].ShouldBe(double.NaN);
    }

    [Fact]
    public void Compute_LogProbability_IsTheLogarithmOfTheProbability()
    {
        double[] raw = [-3.25, 0.5, 12];
        foreach (CatBoostModel model in (CatBoostModel[])[TinyModel.WithLoss(1, "Logloss"), TinyModel.WithLoss(3, "MultiClass"),
            TinyModel.WithLoss(3, "MultiClassOneVsAll")])
        {
            double[] logarithms = Compute(model, PredictionType.LogProbability, raw);
            double[] probabilities = Compute(model, PredictionType.Probability, raw);
            for (int i = 0; i < logarithms.Length; i++) logarithms[i].ShouldBe(Math.Log(probabilities[i]), 1e-9);
        }
    }

    [Fact]
    public void Compute_ClassWithoutTrainingRows_HasProbabilityZeroAndRawMinusInfinity()
    {
        CatBoostModel model = TinyModel.WithLoss(2, "MultiClass", ("class_params", ThreeNames));
        Compute(model, PredictionType.RawFormulaVal, 1, 1).ShouldBe([1, double.NegativeInfinity, 1]);
        Compute(model, PredictionType.Probability, 1, 1).ShouldBe([0.5, 0, 0.5]);
        Compute(model, PredictionType.Class, 1, 2).ShouldBe([2]);
        model.PredictionOf(PredictionType.Class).Labels!.Texts[2].ShouldBe("z");
    }

    [Fact]
    public void Compute_TieBetweenClasses_TakesTheFirst() =>
        Compute(TinyModel.WithLoss(3, "MultiClass"), PredictionType.Class, 1, 7, 7).ShouldBe([1]);

    [Fact]
    public void Compute_BinaryClass_AsksWhetherRawIsAboveTheThreshold()
    {
        Compute(TinyModel.WithLoss(1, "Logloss"), PredictionType.Class, -0.1, 0, 0.1).ShouldBe([0, 0, 1]);
        // -ln(1 / 0.25 - 1) = -1.0986
        CatBoostModel careful = TinyModel.WithLoss(1, "Logloss", ("binclass_probability_threshold", "0.25"));
        Compute(careful, PredictionType.Class, -1.1, -1.09).ShouldBe([0, 1]);
    }

    [Fact]
    public void Labels_ModelWithoutClassParams_CountFromZero()
    {
        ClassLabels labels = ClassLabelReader.Of(TinyModel.WithLoss(1, "Logloss")).ShouldNotBeNull();
        labels.Texts.ShouldBe(["0", "1"]);
        labels.Type.ShouldBe(ClassLabelType.Integer);
        ClassLabelReader.Of(TinyModel.WithLoss(1, "RMSE")).ShouldBeNull();
    }

    [Fact]
    public void Labels_ClassParamsThatDoNotFit_AreRefused()
    {
        CatBoostModel model = TinyModel.WithLoss(3, "MultiClass", ("class_params", ThreeNames));
        Should.Throw<ModelException>(() => ClassLabelReader.Of(model)).Code.ShouldBe(ModelErrorCodes.Invalid);
    }

    [Fact]
    public void Compute_MeanAndVariance_TakesTheExponentialOfTwiceTheSecond()
    {
        double[] output = Compute(TinyModel.WithLoss(2, "RMSEWithUncertainty"), PredictionType.RMSEWithUncertainty, 5, 0.5);
        output[0].ShouldBe(5);
        output[1].ShouldBe(Math.E, 1e-14);
    }

    [Theory]
    [InlineData(PredictionType.Exponent, 3, "MultiClass")]
    [InlineData(PredictionType.Class, 1, "RMSE")]
    [InlineData(PredictionType.RMSEWithUncertainty, 1, "RMSE")]
    public void Create_TypeThatTheModelCannotAnswer_IsRefused(PredictionType type, int outputs, string loss) =>
        Should.Throw<ModelException>(() =>
            TinyModel.WithLoss(outputs, loss).PredictionOf(type)).Code.ShouldBe(ModelErrorCodes.NoSuchPrediction);

    [Theory]
    [InlineData(1, "Logloss", new[] { "score" }, true)]
    [InlineData(1, "RMSE", new[] { "score" }, false)]
    [InlineData(2, "RMSEWithUncertainty", new[] { "score" }, false)]
    [InlineData(3, "MultiClass", new[] { "score_0", "score_1", "score_2" }, true)]
    [InlineData(2, "MultiLogloss", new[] { "score_0", "score_1" }, true)]
    [InlineData(2, "MultiRMSE", new[] { "score_0", "score_1" }, false)]
    public void Scores_EachKindOfModel_SayWhatIsPublished(int outputs, string loss, string[] columns, bool probability)
    {
        Prediction score = TinyModel.WithLoss(outputs, loss).Scores();
        score.Columns.ShouldBe(columns);
        score.IsProbability.ShouldBe(probability);
    }

    [Fact]
    public void Scores_BinaryModel_IsTheProbabilityOfClassOne()
    {
        CatBoostModel model = TinyModel.WithLoss(1, "Logloss");
        double[] score = new double[2];
        model.Scores().Compute([-1.25, 2], 2, score);
        score.ShouldBe(Compute(model, PredictionType.Probability, -1.25, 2)[2..]);
    }

    [Fact]
    public void Scores_PoissonModel_IsTheExponential()
    {
        double[] score = new double[1];
        TinyModel.WithLoss(1, "Poisson").Scores().Compute([1], 1, score);
        score[0].ShouldBe(Math.E, 1e-14);
    }

    [Fact]
    public void Loss_NestedElsewhere_IsNotTaken() =>
        TinyModel.Constant(1, ("params", """{"a":{"loss_function":{"type":"No"}},"loss_function":{"params":{"type":"No"},"type":"Yes"},"b":[{"type":"No"}]}"""))
            .Loss.ShouldBe("Yes");

    [Fact]
    public void Loss_BrokenParams_AreRefused() =>
        Should.Throw<ModelException>(() => TinyModel.Constant(1, ("params", "{"))).Code.ShouldBe(ModelErrorCodes.Invalid);
}
