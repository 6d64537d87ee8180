using System.Globalization;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>Models of tests/data/cases that once were answered wrong or refused; what CatBoost answers stands in their READMEs.</summary>
public sealed class CaseModelTests
{
    private const double LeastPower = 2.2250738585072014e-308;

    [Fact]
    public void Load_ScaleNotFinite_IsRefused() =>
        Should.Throw<ModelException>(() => CaseModel.Load("c1-scale-not-finite")).Code.ShouldBe(ModelErrorCodes.Invalid);

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void Create_ScaleOrBiasNotFinite_IsRefused(double scale, double bias) =>
        Should.Throw<ModelException>(() => new CatBoostModel(new CatBoostModelParts
        {
            OutputCount = 2,
            Symmetric = new SymmetricTrees { Depths = [0], Splits = [] },
            LeafValues = [1, 2],
            Scale = scale,
            Bias = [0, bias],
        })).Code.ShouldBe(ModelErrorCodes.Invalid);

    [Fact]
    public void Class_SumWithoutClassInfo_CountsTheClasses()
    {
        var model = new CaseModel("c2-sum-without-class-info");
        model.Classes().ShouldBe(["0", "1", "2"]);
        model.Model.Scores().IsProbability.ShouldBeFalse(); // nothing says that it is a classifier
    }

    [Theory]
    [InlineData(2, "0,1")]
    [InlineData(3, "0,1,2")]
    [InlineData(7, "0,1,2,3,4,5,6")]
    public void Labels_NoLossAndSeveralOutputs_AreCounted(int outputs, string expected) =>
        TinyModel.Constant(outputs).PredictionOf(PredictionType.Class).Labels!.Texts.ShouldBe(expected.Split(','));

    [Theory]
    [InlineData(1)]
    [InlineData(1, "params", "{}")]
    [InlineData(1, "class_params", "{}")]
    public void Labels_NoLossAndOneOutput_AreNone(int outputs, string key = "model_guid", string value = "") =>
        Should.Throw<ModelException>(() => TinyModel.Constant(outputs, (key, value)).PredictionOf(PredictionType.Class))
            .Code.ShouldBe(ModelErrorCodes.NoSuchPrediction);

    [Fact]
    public void Inputs_HalfNamed_AreBoundByNameAndNumber()
    {
        var model = new CaseModel("c3-half-named");
        model.Model.HasFeatureNames.ShouldBeTrue();
        model.Answer(PredictionType.RawFormulaVal).ShouldBe([[1], [10]]);
    }

    [Fact]
    public void Class_ClassesWithoutNames_AreTheLabelsThemselves()
    {
        var model = new CaseModel("c4-classes-without-names");
        model.Classes().ShouldBe(["10", "20", "30"]);
        model.Model.Describe().Labels!.Type.ShouldBe(ClassLabelType.Integer);
    }

    [Fact]
    public void Class_UntypedTextLabels_StayTexts()
    {
        var model = new CaseModel("c4-untyped-text-labels");
        model.Classes().ShouldBe(["01", "1", "2"]);
        model.Model.Describe().Labels!.Type.ShouldBe(ClassLabelType.String);
    }

    [Theory]
    [InlineData("""{"class_names":["1","2","3"]}""", ClassLabelType.String, "1,2,3")]
    [InlineData("""{"class_names":[1,2,3]}""", ClassLabelType.Integer, "1,2,3")]
    [InlineData("""{"class_names":[1,2.5,3]}""", ClassLabelType.Float, "1,2.5,3")]
    [InlineData("""{"class_names":[1,"b",3]}""", ClassLabelType.String, "1,b,3")]
    [InlineData("""{"class_names":["01","1","2"],"class_label_type":"Integer"}""", ClassLabelType.String, "01,1,2")]
    [InlineData("""{"class_names":["1.0","1","2"],"class_label_type":"Float"}""", ClassLabelType.String, "1.0,1,2")]
    [InlineData("""{"class_names":["yes","no","?"],"class_label_type":"Boolean"}""", ClassLabelType.String, "yes,no,?")]
    [InlineData("""{"class_names":[],"class_to_label":[0.5,1.5,2],"class_label_type":"Float"}""", ClassLabelType.Float, "0.5,1.5,2")]
    [InlineData("""{"class_names":[],"class_to_label":[],"classes_count":3}""", ClassLabelType.Integer, "0,1,2")]
    [InlineData("""{"class_names":[],"class_to_label":[1,0,3],"classes_count":4}""", ClassLabelType.Integer, "0,1,2,3")]
    [InlineData("{}", ClassLabelType.Integer, "0,1,2")]
    [InlineData("", ClassLabelType.Integer, "0,1,2")]
    public void Labels_AnyClassParams_AreThoseOfCatBoost(string json, ClassLabelType type, string texts)
    {
        ClassLabels labels = TinyModel.WithLoss(3, "MultiClass", ("class_params", json)).Describe().Labels!;
        labels.Texts.ShouldBe(texts.Split(','));
        labels.Type.ShouldBe(type);
    }

    [Theory]
    [InlineData("""{"class_names":[],"class_to_label":[0,1],"classes_count":5}""")]
    [InlineData("""{"class_names":[],"class_to_label":[0,1,5],"classes_count":5}""")]
    [InlineData("""{"class_names":[],"class_to_label":[0,1,1.5],"classes_count":5}""")]
    [InlineData("""{"class_names":[],"class_to_label":[0,1,2],"classes_count":2}""")]
    [InlineData("""{"class_names":[],"class_to_label":[0,1,2],"classes_count":2000000000}""")]
    public void Labels_ClassParamsThatContradictTheModel_AreRefused(string json) => Should.Throw<ModelException>(
        () => TinyModel.WithLoss(3, "MultiClass", ("class_params", json)).Describe()).Code.ShouldBe(ModelErrorCodes.Invalid);

    [Fact]
    public void Class_OwnObjective_TakesTheClassesOfTheOptions()
    {
        var model = new CaseModel("d1-classes-in-params");
        model.Classes().ShouldBe(["yes", "yes", "no", "no", "no"]);
        model.Model.Scores().IsProbability.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1, "PythonUserDefinedPerObject", """["no","yes"]""", "no,yes")]
    [InlineData(1, "Custom", "[0,1]", "0,1")]
    [InlineData(3, "PythonUserDefinedMultiTarget", """["a","b","c"]""", "a,b,c")]
    [InlineData(1, "Logloss", "[1,7]", "1,7")]
    public void Labels_ClassesInOptionsAlone_AreTakenWhateverTheLoss(int outputs, string loss, string names, string expected) => TinyModel
        .Constant(outputs, ("params", $$"""{"loss_function":{"type":"{{loss}}"},"data_processing_options":{"class_names":{{names}} } }"""))
        .Describe().Labels!.Texts.ShouldBe(expected.Split(','));

    [Fact]
    public void Inputs_EmptyFeatureName_IsTheColumnWithoutANameAtItsPlace() =>
        new CaseModel("d1-empty-feature-name", key: null).Answer(PredictionType.RawFormulaVal)
            .ShouldBe([[5.409236601936694], [-0.49949690174691763], [-4.153120393673203], [3.7369693350122746]]);

    [Fact]
    public void LogProbability_Binary_HasTheBitsOfGlibc() =>
        new CaseModel("d1-log-probability-bits").Answer(PredictionType.LogProbability).ShouldBe(
    [
        [-2.175928426966818, -0.12047722820004948], [-0.2425148878352197, -1.5355002599176444], [-0.008075848168011004, -4.822912585716812],
        [-2.0609836436066, -0.1361962685415557], [-0.8763818147973765, -0.5383448126167284], [-2.0609836436066, -0.1361962685415557],
        [-2.0609836436066, -0.1361962685415557],
    ]);

    [Fact]
    public void Class_LongClassParams_AreRead() => new CaseModel("d1-long-json", "model.cbm.br").Classes().ShouldBe(
    [
        "branch 09999 of district 81", "branch 04711 of district 9", "branch 00017 of district 23", "branch 00017 of district 23",
        "branch 00017 of district 23",
    ]);

    [Theory]
    [InlineData(262_143)]
    [InlineData(262_145)]
    [InlineData(3_000_000)]
    public void Labels_LongNames_AreRead(int length)
    {
        string name = new('x', length / 3);
        CatBoostModel model = TinyModel.WithLoss(
            3, "MultiClass", ("class_params", $$"""{"class_names":["{{name}}1","{{name}}2","{{name}}3"]}"""));

        CatBoostModel.Load(model.ToCbm()).Describe().Labels!.Texts.ShouldBe([name + "1", name + "2", name + "3"]);
    }

    [Fact]
    public void Describe_LongOptions_AreRead()
    {
        string ignored = string.Join(',', Enumerable.Range(0, 200_000));
        string options = $$"""{"flat_params":{"ignored_features":[{{ignored}}],"depth":3},"loss_function":{"type":"Logloss"} }""";
        TinyModel.Constant(1, ("params", options)).Describe().Parameters.ShouldContain(KeyValuePair.Create("depth", "3"));
    }

    [Fact]
    public void Probability_MissingClass_IsTheLeastPowerOfItsGroup() =>
        new CaseModel("d1-missing-class-probability").Answer(PredictionType.Probability).ShouldBe(
        [
            [0.05709789950246252, 1.934827795617186e-308, 0.07334543916708668, 0.8695566613304508],
            [0.04660736352421773, 2.0294830880047644e-308, 0.9120969536563346, 0.0412956828194477],
            [0.04660736352421773, 2.0294830880047644e-308, 0.9120969536563346, 0.0412956828194477],
            [0.8496025748581333, 1.89042847943724e-308, 0.08884056289357785, 0.06155686224828881],
        ]);

    [Theory]
    [InlineData(3, "0,2", new[] { 0.5, 0, 0.5 })]
    [InlineData(4, "0,1", new[] { 0.5, 0.5, LeastPower / 2, LeastPower / 2 })]
    [InlineData(5, "0,3", new[] { 0.5, LeastPower / 2, LeastPower / 2, 0.5, 0 })]
    [InlineData(6, "4,5", new[] { LeastPower / 2, LeastPower / 2, LeastPower / 2, LeastPower / 2, 0.5, 0.5 })]
    public void Probability_MissingClasses_DependOnTheirPlaceAmongTheDeclared(int declared, string places, double[] expected)
    {
        CatBoostModel model = TinyModel.WithLoss(2, "MultiClass", ("class_params", $$"""{"classes_count":{{declared}},"class_to_label":[{{places}}]}"""));
        double[] output = new double[declared];
        model.PredictionOf(PredictionType.Probability).Compute([1, 1], 1, output);
        output.ShouldBe(expected);
        model.Scores().Columns.Length.ShouldBe(declared);
    }

    [Fact]
    public void Describe_OneLabel_IsNoContradiction()
    {
        var model = new CaseModel("d1-one-label");
        ((CatBoostDescription)model.Model.Describe()).TreeCount.ShouldBe(4);
        model.Scores().ShouldBe([[0.9028451421610233], [0.827874469127416], [0.5346600779264233], [0.3411200049878292]]);
    }

    [Theory]
    [InlineData("MultiLogloss", """{"class_names":["late"],"class_to_label":[0]}""")]
    [InlineData("MultiCrossEntropy", """{"class_names":[7],"class_to_label":[0]}""")]
    [InlineData("MultiLogloss", """{"class_names":[],"class_to_label":[0],"classes_count":1}""")]
    [InlineData("MultiLogloss", "")]
    public void Scores_OneLabelOfAnyKind_IsItsProbability(string loss, string json)
    {
        CatBoostModel model = TinyModel.WithLoss(1, loss, ("class_params", json));
        double[] score = new double[1];

        model.Scores().Compute([0.0], 1, score);

        model.Describe().OutputCount.ShouldBe(1);
        (model.Scores().IsProbability, score[0]).ShouldBe((true, 0.5));
    }

    [Fact]
    public void Load_EmptyParams_AreNone()
    {
        var model = new CaseModel("d1-params-empty");
        model.Answer(PredictionType.RawFormulaVal)
            .ShouldBe([[1.845328885362429], [2.1194674416574886], [-2.242458903742253], [-2.1090187333640857]]);
        model.Classes().ShouldBe(["1", "1", "0", "0"]);
        model.Model.Describe().TreeCount.ShouldBe(8);
    }

    [Theory]
    [InlineData("params")]
    [InlineData("class_params")]
    [InlineData("multiclass_params")]
    [InlineData("loss_function")]
    [InlineData("binclass_probability_threshold")]
    public void Load_EmptyText_IsAsIfItWereMissing(string key)
    {
        CatBoostModel model = TinyModel.Constant(1, (key, ""), ("class_label", ""));
        model.Describe().Labels.ShouldBeNull();
        model.Describe().Parameters.ShouldBeEmpty();
        model.PredictionTypes.ShouldContain(PredictionType.Probability);
    }

    [Fact]
    public void Class_ThresholdAtItsEnds_IsNoneOrAll()
    {
        new CaseModel("d1-threshold-ends").Classes().ShouldBe(["0", "0", "0", "0", "0"]);
        new CaseModel("d1-threshold-ends", "zero.cbm").Classes().ShouldBe(["1", "1", "1", "1", "1"]);
    }

    [Theory]
    [InlineData("0.3", -0.8, "1")] // ln(3/7) = -0.847
    [InlineData("3e-1", -0.8, "1")]
    [InlineData(" 0.3", -0.8, "1")]
    [InlineData("0.3 ", -0.8, "0")]
    [InlineData("0,3", -0.8, "0")]
    [InlineData("30%", -0.8, "0")]
    [InlineData("1", 1e300, "0")]
    [InlineData("0", -1e300, "1")]
    public void Class_AnyThreshold_IsReadAsCatBoostReadsIt(string threshold, double raw, string expected)
    {
        Prediction prediction = TinyModel.WithLoss(1, "Logloss", ("binclass_probability_threshold", threshold))
            .PredictionOf(PredictionType.Class);
        double[] output = new double[1];
        prediction.Compute([raw], 1, output);
        prediction.Labels!.Texts[(int)output[0]].ShouldBe(expected);
    }

    [Fact]
    public void Load_WideTable_IsNotTakenForInflated() =>
        new CaseModel("d1-wide-model", "model.cbm.br").Answer(PredictionType.RawFormulaVal)
            .ShouldBe([[-2.269336388569594], [0.18208145762987687], [1.5316784601238616], [0.034977181467766266]]);

    [Theory]
    [InlineData(300_000, 0, false)]
    [InlineData(0, 300_000, false)]
    [InlineData(100_000, 100_000, true)]
    [InlineData(1_500_000, 0, false)]
    public void Load_WiderTables_TakeNoMoreMemoryThanHostileFilesMay(int numeric, int categorical, bool named)
    {
        var model = new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = [.. Enumerable.Range(0, numeric).Select(i => new FloatFeature
            {
                Index = i,
                FlatIndex = i,
                Id = named ? Name(i) : "",
                Borders = i % 5000 == 7 ? [0.5f] : [],
            })],
            CategoricalFeatures = [.. Enumerable.Range(0, categorical).Select(i => new CategoricalFeature
            {
                Index = i,
                FlatIndex = numeric + i,
                Id = named ? Name(numeric + i) : "",
                IsUsed = i == 9,
            })],
            Symmetric = new SymmetricTrees { Depths = [0], Splits = [] },
            LeafValues = [1],
        });
        byte[] file = model.ToCbm();

        long before = GC.GetAllocatedBytesForCurrentThread();
        var again = CatBoostModel.Load(file);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((6L * file.Length) + (16 << 20));
        again.Inputs.ShouldBe(model.Inputs);
        static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"column {i}");
    }

    [Fact]
    public void Class_ClassesCountWithoutNames_FillsTheDeclaredPlaces()
    {
        var model = new CaseModel("d2-classes-count-columns", key: "row");
        string[][] expected = [.. File.ReadAllLines(Repository.Data("cases", "d2-classes-count-columns", "expected.csv")).Skip(1)
            .Select(line => line.Split(','))];
        double[][] raw = model.Answer(PredictionType.RawFormulaVal), probability = model.Answer(PredictionType.Probability);
        for (int row = 0; row < expected.Length; row++)
        {
            raw[row].Concat(probability[row]).ShouldBe(expected[row][1..^1].Select(GoldenAnswers.Parse));
            model.Classes()[row].ShouldBe(expected[row][^1]);
        }

        raw.Length.ShouldBe(expected.Length);
    }
}
