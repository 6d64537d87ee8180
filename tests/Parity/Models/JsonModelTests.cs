using BatchScoring.Models;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Parity.Models;

/// <summary>Models that CatBoost saved as JSON, against what it answers for the same ones as <c>.cbm</c>.</summary>
public sealed class JsonModelTests
{
    [Theory]
    [InlineData("json-numeric")]
    [InlineData("json-one-hot")]
    [InlineData("json-ctr")]
    [InlineData("json-ctr-mean-multiclass")]
    [InlineData("json-lossguide-multiclass")]
    public void Load_Json_AnswersAsTheBinaryModel(string name)
    {
        var golden = GoldenAnswers.Load(name, "model.json");

        double[][] raw = [.. golden.Answer(PredictionType.RawFormulaVal).Values];

        double[][] expected = [.. golden.Expected.Where(column => column.Key.StartsWith("cbm", StringComparison.Ordinal))
            .Select(column => column.Value.Select(GoldenAnswers.Parse).ToArray())];
        raw.Length.ShouldBe(expected.Length);
        for (int output = 0; output < raw.Length; output++)
            raw[output].Select(BitConverter.DoubleToInt64Bits).ShouldBe(expected[output].Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void Load_JsonThatLostATable_IsRefused()
    {
        ModelException refused = Should.Throw<ModelException>(() => GoldenAnswers.Load("json-two-classifiers", "model.json"));

        refused.Code.ShouldBe(ModelErrorCodes.Unsupported);
        refused.Message.ShouldContain("JSON holds the table of only one of them");
    }

    [Theory]
    [InlineData("json-ctr")]
    [InlineData("json-lossguide-multiclass")]
    public void Load_JsonWrittenAsBinary_StaysTheSame(string name)
    {
        var golden = GoldenAnswers.Load(name, "model.json");

        double[][] again = golden.Table.Score(CatBoostModel.Load(golden.Model.ToCbm()).CreateScorer());

        again.ShouldBe(golden.Table.Score(golden.Model.CreateScorer()));
        golden.Model.Loss.ShouldBe(GoldenAnswers.Load(name).Model.Loss);
        golden.Model.Describe().Labels!.Texts.ShouldBe(GoldenAnswers.Load(name).Model.Describe().Labels!.Texts);
    }

    /// <summary>Every cut, and every member left out: read, or refused in words.</summary>
    [Fact]
    public void Load_DamagedJson_IsRefused()
    {
        byte[] file = File.ReadAllBytes(Repository.Data("golden", "catboost-next", "json-ctr", "model.json"));
        for (int length = 0; length < file.Length - 2; length += 97) Refuse(file[..length]);
        string text = System.Text.Encoding.UTF8.GetString(file);
        foreach (string member in (string[])["feature_index", "borders", "split_index", "hash_stride", "leaf_values", "elements", "ctr_type"])
            Refuse(System.Text.Encoding.UTF8.GetBytes(text.Replace($"\"{member}\"", "\"other\"", StringComparison.Ordinal)));
    }

    /// <summary>A byte that changed may make another model, but never another kind of failure.</summary>
    [Theory]
    [InlineData("json-ctr")]
    [InlineData("json-lossguide-multiclass")]
    public void Load_ChangedByte_IsReadOrRefused(string name)
    {
        const int Seed = 20261129;
        Random random = new(Seed);
        byte[] file = File.ReadAllBytes(Repository.Data("golden", "catboost-next", name, "model.json"));
        for (int i = 0; i < 200; i++)
        {
            byte[] changed = [.. file];
            int place = random.Next(file.Length);
            changed[place] = (byte)"0-{[\"]},.x"[random.Next(10)];
            try
            {
                CatBoostModel.Load(changed);
            }
            catch (ModelException refused)
            {
                refused.Message.ShouldNotBeEmpty($"seed {Seed}, byte {place}");
            }
        }
    }

    private static void Refuse(byte[] file) => Should.Throw<ModelException>(() => CatBoostModel.Load(file)).Message.ShouldNotBeEmpty();
}
