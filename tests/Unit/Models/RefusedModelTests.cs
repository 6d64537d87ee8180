using System.Buffers.Binary;
using System.Text;
using BatchScoring.Models;
using BatchScoring.Models.CatBoost.Formats.Cbm;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>Files that are not models, models that are not supported, and files that claim more than they hold.</summary>
public sealed class RefusedModelTests
{
    private static byte[] File(FlatTableWriter core, params string[] texts)
    {
        ReadOnlySpan<byte> block = FlatWriter.Write(core).Written;
        byte[] file = [.. "CBM1"u8, 0, 0, 0, 0, .. block, .. texts.SelectMany(Encoding.UTF8.GetBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), block.Length);
        return file;
    }

    private static FlatTableWriter Core(FlatTableWriter trees) => new FlatTableWriter().Text(0, CbmReader.Version).Table(1, trees);

    /// <summary>One tree of one leaf.</summary>
    private static FlatTableWriter Trees() => new FlatTableWriter()
        .Int32(0, 1).Values<int>(2, new int[1], 4).Values<int>(3, new int[1], 4).Values<double>(8, new double[1], 8);

    private static ModelException Refused(byte[] file)
    {
        HostileModel.Check(file, () => "hand-made").ShouldBeFalse();
        return Should.Throw<ModelException>(() => CatBoostModel.Load(file));
    }

    /// <summary>A vector whose elements are all the same table.</summary>
    private static Action<FlatWriter, int> Repeated(int count, FlatTableWriter table) => (writer, place) =>
    {
        var elements = new List<int>();
        writer.Offsets(place, count, (_, element) => elements.Add(element));
        table.WriteTo(writer, elements[0]);
        int position = elements[0] + BinaryPrimitives.ReadInt32LittleEndian(writer.At(elements[0], 4));
        foreach (int element in elements) writer.Refer(element, position);
    };

    [Fact]
    public void Load_SmallestModel_IsAccepted() => CatBoostModel.Load(File(Core(Trees()))).TreeCount.ShouldBe(1);

    [Fact]
    public void Load_OtherFile_SaysWhatItBeginsWith()
    {
        ModelException error = Refused("PAR1...."u8.ToArray());
        error.Code.ShouldBe(ModelErrorCodes.UnknownFormat);
        error.Message.ShouldContain("50415231");
        Refused([]).Code.ShouldBe(ModelErrorCodes.UnknownFormat);
    }

    [Fact]
    public void Load_OtherVersion_NamesIt()
    {
        ModelException error = Refused(File(new FlatTableWriter().Text(0, "FlabuffersModel_v2").Table(1, Trees())));
        error.Code.ShouldBe(ModelErrorCodes.UnknownVersion);
        error.Message.ShouldContain("FlabuffersModel_v2");
    }

    [Theory]
    [InlineData(12, 3, "text")]
    [InlineData(18, 4, "embedding")]
    public void Load_TextOrEmbeddingFeature_IsRefusedByName(int field, int usedField, string kind)
    {
        FlatTableWriter Feature(bool used) => new FlatTableWriter().Int32(1, 3).Text(2, "comment").Bool(usedField, used);
        ModelException error = Refused(File(Core(Trees().Tables(field, [true], Feature))));
        error.Code.ShouldBe(ModelErrorCodes.Unsupported);
        error.Feature.ShouldBe("comment");
        error.Message.ShouldContain($"{kind} feature 'comment'");
        CatBoostModel.Load(File(Core(Trees().Tables(field, [false], Feature)))).TreeCount.ShouldBe(1);
    }

    [Fact]
    public void Load_EstimatedFeatures_AreRefused() =>
        Refused(File(Core(Trees().Tables(13, [1], type => new FlatTableWriter().Byte(4, type))))).Message.ShouldContain(
            "embedding features");

    [Theory]
    [InlineData("text_process_v2\0", "text")]
    [InlineData("embed_process_1\0", "embedding")]
    [InlineData("future_part", "'future_part'")]
    public void Load_OtherPart_IsRefusedByName(string id, string named)
    {
        ModelException error = Refused(File(Core(Trees()).Texts(3, [id]), "content"));
        error.Code.ShouldBe(ModelErrorCodes.Unsupported);
        error.Message.ShouldContain(named);
    }

    [Fact]
    public void Load_BytesAfterTheLastPart_AreRefused()
    {
        ModelException error = Refused(File(Core(Trees()), "x"));
        error.Code.ShouldBe(ModelErrorCodes.Corrupt);
        error.Offset.ShouldBe(File(Core(Trees())).Length);
    }

    [Fact]
    public void Load_NoTrees_SaysSo() => Refused(File(Core(new FlatTableWriter().Int32(0, 1)))).Code.ShouldBe(ModelErrorCodes.Empty);

    [Fact]
    public void Load_SharedFeatures_AreRefusedBeforeTheyTakeMemory()
    {
        FlatTableWriter feature = new FlatTableWriter().Int32(1, 0).Values<float>(3, new float[10_000], 4);
        Refused(File(Core(Trees().Add(5, new byte[4], Repeated(500_000, feature))))).Code.ShouldBe(ModelErrorCodes.Inflated);
    }

    [Fact]
    public void Load_SharedCtrs_AreRefusedBeforeTheyTakeMemory()
    {
        FlatTableWriter key = new FlatTableWriter().Table(0, new FlatTableWriter().Values<int>(0, new int[1000], 4));
        FlatTableWriter ctr = new FlatTableWriter().Table(0, new FlatTableWriter().Table(0, key));
        FlatTableWriter trees = Trees().Tables(4, [0], index => new FlatTableWriter().Int32(0, index).Int32(1, 0))
            .Add(7, new byte[4], Repeated(60_000, ctr));
        Refused(File(Core(trees))).Code.ShouldBe(ModelErrorCodes.Inflated);
    }

    /// <summary>Little memory, but every row would be asked millions of questions.</summary>
    [Fact]
    public void Load_SharedBorders_AreRefused()
    {
        var places = new List<int>();
        FlatTableWriter Feature(int index) => new FlatTableWriter().Int32(1, index).Int32(2, index).Add(3, new byte[4], (writer, place) =>
        {
            places.Add(place);
            if (index < 99) return;
            writer.Values<float>(place, new float[1000], 4);
            int vector = place + BinaryPrimitives.ReadInt32LittleEndian(writer.At(place, 4));
            foreach (int other in places) writer.Refer(other, vector);
        });
        Refused(File(Core(Trees().Tables(5, [.. Enumerable.Range(0, 100)], Feature)))).Code.ShouldBe(ModelErrorCodes.Inflated);
    }

    [Fact]
    public void Load_SharedTexts_AreRefusedBeforeTheyTakeMemory()
    {
        FlatTableWriter pair = new FlatTableWriter().Text(0, "key").Text(1, new string('x', 100_000));
        Refused(File(Core(Trees()).Add(2, new byte[4], Repeated(10_000, pair)))).Code.ShouldBe(ModelErrorCodes.Inflated);
    }

    [Fact]
    public void Load_HugeOptions_TakeLittleMemory()
    {
        string options = $$"""{"a":[{{string.Join(",", Enumerable.Repeat("1", 2_000_000))}}],"loss_function":{"type":"RMSE"} }""";
        byte[] file = File(Core(Trees()).Tables(2, [options], text => new FlatTableWriter().Text(0, "params").Text(1, text)));
        HostileModel.Check(file, () => "huge options").ShouldBeTrue();
        CatBoostModel.Load(file).Loss.ShouldBe("RMSE");
    }

    [Fact]
    public void LoadFile_NoSuchFile_IsTheOperatingSystemsError() =>
        Should.Throw<FileNotFoundException>(() => CatBoostModel.LoadFile("no-such-model.cbm"));
}
