using System.Collections.Immutable;
using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class ModelFormatsTests
{
    [Fact]
    public void Open_CatBoostFile_IsRecognisedByItsContent()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("model.onnx"); // a name says nothing
        File.WriteAllBytes(path, TinyModel.Constant(1).ToCbm());

        IModel model = ModelFormats.Standard.OpenFile(path);

        model.ShouldBeOfType<CatBoostModel>();
        model.Format.ShouldBe("catboost");
        model.PredictionTypes.ShouldBe(
            [PredictionType.RawFormulaVal, PredictionType.Probability, PredictionType.LogProbability, PredictionType.Exponent]);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("PAR1....", "50415231 (a Parquet file)")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a", "Git LFS pointer")]
    [InlineData("\u0080\u0004\u0095", "80049500 (a Python pickle)", true)]
    [InlineData("{\"a\": 1}", "(JSON)")]
    [InlineData("<html>", "XML or HTML")]
    [InlineData("id,score\n", "(text)")]
    [InlineData("\0\u0001\u0002\u0003", "begins with 00010203.")]
    public void Open_NoModel_SaysWhatItIsAndWhatIsKnown(string content, string expected, bool zeroBehind = false)
    {
        byte[] file = [.. content.Select(c => (byte)c), .. zeroBehind ? new byte[1] : []];

        ModelException error = Should.Throw<ModelException>(() => ModelFormats.Standard.Open(file));

        error.Code.ShouldBe(ModelErrorCodes.UnknownFormat);
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain("CatBoost (.cbm");
    }

    [Fact]
    public void With_AnotherFormat_OpensItsFilesAndIsNamedAsKnown()
    {
        ModelFormats formats = ModelFormats.Standard.With(new LinearFormat());

        formats.Open("LINEAR 3"u8).Format.ShouldBe("linear");
        formats.Open(TinyModel.Constant(1).ToCbm()).Format.ShouldBe("catboost");
        Should.Throw<ModelException>(() => formats.Open("other"u8)).Message.ShouldContain("straight lines");
        Should.Throw<ModelException>(() => ModelFormats.Standard.Open("LINEAR 3"u8)).Code.ShouldBe(ModelErrorCodes.UnknownFormat);
        Should.Throw<ArgumentException>(() => formats.With(new LinearFormat()));
    }

    [Fact]
    public void ReadFile_MoreThan2GiB_IsRefusedByNameBeforeItIsRead()
    {
        using TemporaryFolder folder = new();
        string model = folder.File("big.cbm"), other = folder.File("big.csv");
        Make(model, "CBM1"u8);
        Make(other, "id,a"u8);

        ModelException error = Should.Throw<ModelException>(() => CatBoostModel.LoadFile(model));

        error.Code.ShouldBe(ModelErrorCodes.TooLarge);
        error.Message.ShouldContain("big.cbm");
        Should.Throw<ModelException>(() => ModelFormats.Standard.OpenFile(other)).Code.ShouldBe(ModelErrorCodes.UnknownFormat);

        static void Make(string path, ReadOnlySpan<byte> start)
        {
            using FileStream file = File.Create(path);
            file.Write(start);
            file.SetLength((1L << 31) + 10);
        }
    }

    [Fact]
    public void Inputs_Categorical_SayHowTheyWantCategories()
    {
        IModel model = ModelFormats.Standard.OpenFile(Repository.Data("golden", "catboost", "categorical-onehot", "model.cbm"));

        model.Inputs.Select(input => input.Kind).Distinct().Count().ShouldBe(2);
        foreach (ModelInput input in model.Inputs)
        {
            if (input.Kind == ModelInputKind.Numeric) input.Encoder.ShouldBeNull();
            else input.Encoder!.Encode("abc"u8).ShouldBe(978243121);
        }
    }

    /// <summary>What another library would register.</summary>
    private sealed class LinearFormat : IModelFormat
    {
        public string Name => "linear";

        public string Description => "straight lines";

        public bool Recognizes(ReadOnlySpan<byte> start) => start.StartsWith("LINEAR "u8);

        public IModel Load(ReadOnlySpan<byte> file) => new LinearModel();
    }

    private sealed class LinearModel : IModel
    {
        public string Format => "linear";

        public ImmutableArray<ModelInput> Inputs => [new("x", 0, ModelInputKind.Numeric)];

        public bool HasFeatureNames => true;

        public int OutputCount => 1;

        public ImmutableArray<PredictionType> PredictionTypes => [PredictionType.RawFormulaVal];

        public IBlockScorer CreateScorer() => throw new NotSupportedException();

        public Prediction PredictionOf(PredictionType type) => new(type.ToString(), 1, (raw, rows, output) => raw[..rows].CopyTo(output));

        public Prediction Scores() => new("score", 1, (raw, rows, output) => raw[..rows].CopyTo(output));

        public ModelDescription Describe() => throw new NotSupportedException();
    }
}
